"""What an item is found by, and how a search is read."""

import pytest

from giftshop.catalogue.terms import TermKind, joined, runs_in, sounds_of, stem, terms_of, words_in


def test_an_item_is_found_by_its_words_their_ends_their_sound_and_its_first_letters() -> None:
    found = terms_of("TEA-LJ-150", ["West Lake Longjing", "西湖龙井"], ["tea"])
    assert {
        (TermKind.WORD, "longjing"),
        (TermKind.PAIR, "westlake"),
        (TermKind.WORD, "西湖龙井"),
        (TermKind.WITHIN, "龙井"),
        (TermKind.PINYIN, "xihulongjing"),
        (TermKind.PINYIN, "longjing"),
        (TermKind.INITIALS, "lj"),
        (TermKind.TAG, "tea"),
        (TermKind.WORD, "tea"),
        (TermKind.SKU, "lj"),
        (TermKind.SKU, "tealj150"),
    } <= found


def test_characters_are_read_as_in_their_phrase_and_one_by_one() -> None:
    assert sounds_of("重庆")[0] == ("chong", "qing")
    assert {"luan", "liuan"} == {"".join(sounds) for sounds in sounds_of("六安")}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ＬＯＮＧＪＩＮＧ", ["longjing"]),
        ("西湖longjing", ["西湖", "longjing"]),
        ("Pu'er café", ["puer", "cafe"]),
        ("gifts for elders", ["elder"]),
        ("礼物", ["礼物"]),
        ("\x00%_' -", []),
        ("a b c d e f g h i j", ["b", "c", "d", "e", "f", "g"]),
    ],
)
def test_what_is_typed_is_read_as_it_is_compared(typed: str, words: list[str]) -> None:
    assert words_in(typed) == words


def test_plurals_lose_their_ending_and_other_words_keep_theirs() -> None:
    words = ("mooncakes", "boxes", "berries", "glass", "tea", "茶叶")
    assert [stem(word) for word in words] == ["mooncake", "box", "berry", "glass", "tea", "茶叶"]


def test_neighbours_are_also_read_as_one_word_unless_they_are_chinese() -> None:
    assert list(joined(["moon", "cake", "box"])) == [["mooncake", "box"], ["moon", "cakebox"], ["mooncakebox"]]
    assert list(joined(["龙井", "tea"])) == []


def test_a_term_is_never_longer_than_an_index_takes() -> None:
    found = terms_of("X", ["龙" * 500, "x" * 500], [])
    assert max(len(term) for _kind, term in found) <= 60
    assert runs_in("x" * 500) == ["x" * 500]
