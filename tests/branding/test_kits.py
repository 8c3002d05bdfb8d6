"""A firm's brand kit: what new orders begin with, and who may change what."""

from __future__ import annotations

import pytest

from giftshop import branding, paper
from giftshop.branding import GREETINGS, Greeting, LogoWarning, Look, Occasion, kits, redraw, shade_of
from giftshop.branding.errors import CannotPrint, ColourRefused, KitChanged, NoSuchLogo, WordsMissing
from giftshop.branding.occasions import MAX_HEADLINE, MAX_MESSAGE
from giftshop.branding.privacy import erasers
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.locale import LOCALES
from giftshop.kernel.retention import Retention
from giftshop.paper import CardArt, CardFace, Lettering, Palette
from giftshop.paper.fonts import SANS, SERIF
from giftshop.web.privacy import Whom
from tests.accounts.door import all_at_once
from tests.branding.test_logos import DRAWING, png, save
from tests.people import Crew, People

NOW = clock.now()
HALF_DARK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="4" fill="#1f2f3f"/>'
    b'<rect y="4" width="9" height="1" fill="#1f2f3f"/><rect y="5" width="9" height="1" fill="#ffaa00"/></svg>'
)
PINE, PLUM = Look("#1F5245", Lettering.SANS, "客户服务 020-0000 0000"), Look("#5b2a4c")


def save_look(database: Database, crew: Crew, look: Look, seen: int) -> None:
    database.transact(kits.save_look, crew.id, look, seen=seen, by=crew.buyer.actor, at=NOW)


def kit(database: Database, crew: Crew) -> kits.Kit:
    with database.reading() as reader:
        return branding.kit_of(reader, crew.id)


def test_who_saves_a_look_that_a_colleague_changed_meanwhile_is_told(database: Database, people: People) -> None:
    save_look(database, people.lantern, PINE, 0)
    save_look(database, people.lantern, PLUM, 1)
    for seen in (0, 1, 3, -1):
        with pytest.raises(KitChanged):
            save_look(database, people.lantern, PINE, seen)
    kept = kit(database, people.lantern)
    assert (kept.look, kept.version, kept.changed_by) == (PLUM, 2, people.lantern.buyer.id)
    assert kit(database, people.harbour).version == 0


def test_of_four_who_save_the_first_look_at_once_one_does_and_three_are_told(
    database: Database, people: People
) -> None:
    told: list[int] = []

    def try_it(number: int) -> None:
        try:
            save_look(database, people.lantern, Look(f"#00000{number}"), 0)
        except KitChanged:
            told.append(number)

    all_at_once(4, try_it)
    (kept,) = {0, 1, 2, 3} - set(told)
    assert kit(database, people.lantern).look.accent == f"#00000{kept}"


@pytest.mark.parametrize("text", ["8A1F1B", "#8a1f1b", " #8A1F1B ", "\N{FULLWIDTH NUMBER SIGN}8a1f1b"])
def test_a_colour_is_read_however_it_is_written(text: str) -> None:
    assert branding.accent_in(text) == "#8a1f1b"
    assert branding.accent_in("#fA0") == "#ffaa00"


@pytest.mark.parametrize(
    "text",
    ["", "#", "red", "#12", "#1234567", "#gggggg", "9223372036854775808", "#8a1f1b;}", "٣٣٣", "\0" * 6],
)
def test_what_is_no_colour_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(ColourRefused) as refused:
        branding.accent_in(text)
    assert refused.value.field == "accent"


@pytest.mark.parametrize("accent", ["#000000", "#ffffff", "#ffff00", "#00ff00", "#8a1f1b", "#d9992b", "#7f7fff"])
def test_light_letters_can_be_read_on_whatever_becomes_of_a_colour(accent: str) -> None:
    shade = shade_of(accent)
    assert shade.letters >= 4.5
    assert shade.ground == Palette.of(accent).ground
    assert shade.is_darkened is (accent in {"#ffffff", "#ffff00", "#00ff00", "#d9992b", "#7f7fff"})


def test_the_chosen_logo_is_the_usual_one_until_it_is_taken_away(database: Database, people: People) -> None:
    firm, by = people.lantern, people.lantern.buyer.actor
    old, new = save(database, firm, png()), save(database, firm, DRAWING)
    theirs = save(database, people.harbour, png(ink="#112233"))

    def usual() -> int | None:
        with database.reading() as reader:
            found = branding.usual_logo(reader, firm.id)
            return found.id if found else None

    assert usual() == new.id
    database.transact(branding.choose_logo, firm.id, old.id, by=by, at=NOW)
    assert usual() == old.id
    for command in (branding.choose_logo, branding.retire_logo):
        with pytest.raises(NoSuchLogo):
            database.transact(command, firm.id, theirs.id, by=by, at=NOW)
    for _ in range(2):
        database.transact(branding.retire_logo, firm.id, old.id, by=by, at=NOW)
    assert usual() == new.id
    with pytest.raises(NoSuchLogo):
        database.transact(branding.choose_logo, firm.id, old.id, by=by, at=NOW)
    with database.reading() as reader:
        assert branding.logo_bytes(reader, firm.id, old.id), "what bears it keeps it"
        assert [each.id for each in branding.logos_of(reader, firm.id, keeping=[old.id])] == [new.id, old.id]
    assert save(database, firm, png()).id == old.id
    with database.reading() as reader:
        assert len(branding.logos_of(reader, firm.id)) == 2, "sent again, it is offered again"


def test_a_logo_is_held_against_white_paper_and_against_the_firms_colour(database: Database, people: People) -> None:
    dark = save(database, people.lantern, png(ink="#1f2f3f"))
    light = save(database, people.lantern, png(ink="#f4ead0"))
    half = save(database, people.lantern, HALF_DARK)
    assert LogoWarning.FADES in dark.warnings_with("#1d2b3a")
    assert LogoWarning.FADES not in dark.warnings
    assert LogoWarning.FADES not in light.warnings_with("#1d2b3a")
    assert LogoWarning.PALE in light.warnings_with("#1d2b3a")
    assert LogoWarning.FADES in half.warnings_with("#1d2b3a"), "its ring is not seen, whatever its sun does"
    assert redraw(DRAWING).tones == (0,) * 21


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("occasion", Occasion)
def test_our_words_for_an_occasion_fit_a_card_and_can_be_printed(occasion: Occasion, locale: str) -> None:
    words = GREETINGS[occasion][locale]
    assert 0 < len(words.headline) <= MAX_HEADLINE
    assert 20 < len(words.message) <= MAX_MESSAGE
    assert SERIF.missing(words.headline + words.message) + SANS.missing(words.headline + words.message) == ""
    assert len(words.headline) == 4 or locale == "en", "designs set four characters as a seal"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", paper.DESIGNS)
def test_the_longest_of_our_words_can_be_printed_with_every_design(key: str, locale: str) -> None:
    known = [words[locale] for words in GREETINGS.values()]
    art = CardArt(
        firm="岭南光学仪器有限公司",
        greeting=max((words.headline for words in known), key=len),
        message=max((words.message for words in known), key=len),
        contact="岭南光学客户服务 020-0000 0000",
        hotline="400-000-0000",
        short_address="gifts.example/r",
        locale=locale,
    )
    paper.check_cards(paper.DESIGNS[key], art, [CardFace({"recipient": "欧阳娜娜"}, "")])


def test_a_firms_own_words_stand_in_place_of_ours_until_ours_are_wanted_again(
    database: Database, people: People
) -> None:
    firm, by = people.lantern, people.lantern.buyer.actor
    ours, own = GREETINGS[Occasion.BIRTHDAY], Greeting("生辰吉乐", "祝您生辰吉乐，岁岁安康，联动全体同仁敬贺。")

    def say(words: dict[str, Greeting]) -> None:
        database.transact(branding.save_greetings, firm.id, Occasion.BIRTHDAY, words, by=by, at=NOW)

    def said(locale: str) -> Greeting:
        with database.reading() as reader:
            return branding.greetings_of(reader, firm.id)[Occasion.BIRTHDAY, locale]

    say({"zh_Hans": own, "en": ours["en"]})
    assert (said("zh_Hans"), said("en")) == (own, ours["en"])
    with database.reading() as reader:
        assert list(kits.own_words(reader, firm.id)) == [(Occasion.BIRTHDAY, "zh_Hans")], "ours are not copied"
    for wrong, field, kind in (
        (Greeting("生辰吉乐", " "), "message_zh_Hans", WordsMissing),
        (Greeting("生辰\U0001f389", "祝您生辰吉乐"), "headline_zh_Hans", CannotPrint),
    ):
        with pytest.raises(kind) as refused:
            say({"zh_Hans": wrong})
        assert refused.value.field == field
    assert said("zh_Hans") == own
    say({"zh_Hans": Greeting("", "")})
    assert said("zh_Hans") == ours["zh_Hans"]
    say({"zh_Hans": own})
    database.transact(branding.reset_greetings, firm.id, Occasion.BIRTHDAY, by=by, at=NOW)
    assert said("zh_Hans") == ours["zh_Hans"]


def test_a_contact_line_that_gives_somebodys_phone_goes_when_they_ask(database: Database, people: People) -> None:
    save_look(database, people.lantern, Look("#1f5245", contact_line="陈婉仪 139-0000 1234"), 0)
    save_look(database, people.harbour, Look("#1f5245", contact_line="020-0000 0000"), 0)
    (lines, _greetings) = erasers(Retention())
    with database.reading() as reader:
        found = lines.find(reader, Whom("+8613900001234"), NOW).rows
    assert list(found) == [people.lantern.id]
    assert [database.transact(lines.erase, found) for _ in range(2)] == [1, 0]
    assert kit(database, people.lantern).look.contact_line == ""
    assert kit(database, people.harbour).look.contact_line == "020-0000 0000"
