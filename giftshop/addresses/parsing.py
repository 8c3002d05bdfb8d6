"""Reading a Chinese address written on one line into province, city, district and street.

The text is read from the left. At each place reached so far, every way to write a division below it is tried, with
levels left out where that is clear; the reading that explains most of the text, in the most official words, wins.
Where two different places win alike, or none is complete, the text is refused with what was not understood: a parcel
sent to a guess costs more than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from giftshop.addresses.address import Address
from giftshop.addresses.divisions import COUNTRY_OF_PROVINCE, Division, china
from giftshop.addresses.errors import (
    AddressEmpty,
    AddressProblem,
    AddressTooLong,
    CityNotUnderstood,
    DistrictNotUnderstood,
    PlaceAmbiguous,
    PlaceDoubtful,
    PlaceElsewhere,
    PlaceNotUnderstood,
    PlaceUnfinished,
)
from giftshop.addresses.spellings import Spelling, spellings_of
from giftshop.addresses.tidying import tidy_line
from giftshop.addresses.words import missing
from giftshop.addresses.zones import zone_end

MAX_TEXT: Final = 300
"""Characters; a longer text is no address."""

_SKIPPED: Final = r"[\s,，、;；/|·.。\-—_>:：]"
_SEPARATORS: Final = re.compile(rf"{_SKIPPED}*")
_PREAMBLE: Final = re.compile(
    rf"(?:{_SKIPPED}|(?:详细|收货|收件|收礼|通讯|联系|公司|邮寄)?地址[:：]|中华人民共和国|中国)*"
)
_POSTCODE_FIRST: Final = re.compile(r"(?:邮编|邮政编码)?[:：]?\s*(\d{6})(?!\d)\s*")
_POSTCODE_LAST: Final = re.compile(
    r"[\s,，;；]*(?:[(（]\s*(?:邮编|邮政编码)?[:：]?\s*(\d{6})\s*[)）]|(?:邮编|邮政编码)[:：]?\s*(\d{6})|(?<=[\s,，;；])(\d{6}))$"
)
_LEVELS_NEEDED: Final = {"HK": 2, "MO": 1}
"""How far down an address must go there; elsewhere in China to the district, where there is one."""
_DIRECTION: Final = re.compile(r"[城市东西南北中郊矿新]{1,2}区")
_ROAD: Final = re.compile(
    "[东西南北中上下内外前后一二三四五六七八九十]{0,2}"
    "(?:路|街|大道|道|巷|胡同|里|弄|桥|站|城|山|湖|江|河|港|机场|广场|公园|大厦)"
)
_ROAD_AHEAD: Final = re.compile(r"[一-龥A-Za-z0-9]{2,12}?(?:路|街|大道|道|巷|胡同|弄|镇|乡|村|街道)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The text up to `end` names `place`. `cost` sums how far the words are from the official ones.

    `doubt` is the word that may as well begin the street's name, or empty.
    """

    place: Division
    end: int
    cost: int
    doubt: str

    @property
    def rank(self) -> tuple[int, int]:
        """Readings are better the more they explain, then the cheaper they are."""
        return (-self.end, self.cost)


def parse_china(text: str) -> Address | AddressProblem:
    """Return the address that `text` writes, or the problem that says which part is not understood.

    Takes one line as people and address books have it: 广东省广州市天河区体育西路123号; 省 and 市 may be left out
    (广东广州天河区…), levels too where the rest implies them (江苏省昆山市…, 天河区…); a postcode may stand in front or
    at the end, commas or spaces between. Country HK, MO or TW follows from the place. The problem is returned, not
    raised: callers that read a file collect one for each row.
    """
    if len(text) > MAX_TEXT:
        return AddressTooLong(field="address", limit=MAX_TEXT)
    text, postcode = _without_postcode(tidy_line(text))
    if not text:
        return AddressEmpty(field="address")
    readings = list(_readings(china(), text, 0, 0))
    complete = sorted((r for r in readings if _is_complete(r, text)), key=lambda reading: reading.rank)
    if not complete:
        return _why_not(readings, text)
    best = complete[0]
    rivals = {id(r.place): r.place for r in complete if r.rank == best.rank}
    if len(rivals) > 1:
        return PlaceAmbiguous(field="district", part=best.place.name, candidates=_listed(list(rivals.values())))
    return _address(best, text, postcode)


def _without_postcode(text: str) -> tuple[str, str]:
    """Return the text without preamble and postcode, and the postcode."""
    text = text[_end(_PREAMBLE, text, 0) :]
    if first := _POSTCODE_FIRST.match(text):
        text = text[first.end() :]
        return text[_end(_PREAMBLE, text, 0) :], first[1]
    if last := _POSTCODE_LAST.search(text):
        return text[: last.start()], last[1] or last[2] or last[3]
    return text, ""


def _readings(place: Division, text: str, start: int, cost: int) -> Iterator[_Reading]:
    """Yield every reading that goes on from `place`, the text being explained up to `start`."""
    index, longest = _index(place)
    for at in {_end(_SEPARATORS, text, start), _past_fillers(place, text, start)}:
        for end in range(min(at + longest, len(text)), at + 1, -1):
            for below, extra in index.get(text[at:end], ()):
                if below.children:
                    yield from _readings(below, text, end, cost + extra)
                is_doubtful = extra % 10 == Spelling.BARE and not _is_no_street(text[end:])
                yield _Reading(below, end, cost + extra, text[at:end] if is_doubtful else "")


@cache
def _index(place: Division) -> tuple[dict[str, list[tuple[Division, int]]], int]:
    """Return the spellings of everything below `place`, each with divisions and costs, and the longest length.

    A skipped level costs 10, so that the units keep the kind of spelling; a municipality has none to skip.
    """
    index: dict[str, list[tuple[Division, int]]] = {}
    for below in place.descendants():
        skipped = below.level - place.level - 1 - place.is_municipality
        for spelling, kind in spellings_of(below):
            if below.level == 3 and not _may_name_district(spelling, kind, place):
                continue
            entries = index.setdefault(spelling, [])
            if all(known is not below for known, _ in entries):
                entries.append((below, 10 * skipped + kind))
    return index, max(map(len, index), default=0)


def _may_name_district(spelling: str, kind: Spelling, after: Division) -> bool:
    """Whether `spelling` can mean a district when only `after` was read before it.

    湖南长沙 and 长沙市 mean the city, never 长沙县. With nothing before it, only an official name that is not just a
    direction will do: 天河区, but neither 朝阳 nor 东区.
    """
    if kind is not Spelling.FULL:
        return after.level > 0 and spelling not in _larger_places()
    return after.level > 0 or not _DIRECTION.fullmatch(spelling)


@cache
def _larger_places() -> frozenset[str]:
    """Every spelling of a province or city."""
    return frozenset(name for place in china().descendants() if place.level < 3 for name, _ in spellings_of(place))


def _past_fillers(place: Division, text: str, at: int) -> int:
    """Return where the text goes on after separators, words of tables (市辖区) and a name said twice (广州市广州市)."""
    at = _end(_SEPARATORS, text, at)
    fillers = _fillers(place)
    while text.startswith(fillers, at):
        filler = next(filler for filler in fillers if text.startswith(filler, at))
        at = _end(_SEPARATORS, text, at + len(filler))
    return at


@cache
def _fillers(place: Division) -> tuple[str, ...]:
    return ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", *(division.name for division in place.path))


def _is_no_street(rest: str) -> bool:
    """Whether a bare name before `rest` stands for the place: 天河|体育西路, but not 天河|北路 or 番禺|大道."""
    if not rest or _end(_SEPARATORS, rest, 0):
        return True
    return not _ROAD.match(rest) and _ROAD_AHEAD.match(rest) is not None


def _is_complete(reading: _Reading, text: str) -> bool:
    """Whether a parcel can be addressed by it: down to a district, or as far as that place goes, or to a zone."""
    place = reading.place
    if reading.doubt:
        return False
    if place.level >= _LEVELS_NEEDED.get(_country(place), 3) or place.needs_no_child:
        return True
    return _zone_end(reading, text) is not None


def _zone_end(reading: _Reading, text: str) -> int | None:
    """Where the development zone that follows a city ends, or None."""
    if reading.place.level != 2 or _country(reading.place) != "CN":
        return None
    return zone_end(text, _past_fillers(reading.place, text, reading.end))


def _country(place: Division) -> str:
    return COUNTRY_OF_PROVINCE.get(place.path[0].code, "CN") if place.path else ""


def _address(reading: _Reading, text: str, postcode: str) -> Address | AddressProblem:
    country = _country(reading.place)
    names = [division.name for division in reading.place.path][0 if country == "CN" else 1 :]
    end = _past_fillers(reading.place, text, reading.end)
    if zone := _zone_end(reading, text):
        names.append(text[end:zone])
        end = zone
    street = text[_end(_SEPARATORS, text, end) :]
    if not street:
        return missing("street", "street")
    region, city, district, *_ = [*names, "", "", ""]
    return Address(country, region, city, district, street, postcode)


def _why_not(readings: list[_Reading], text: str) -> AddressProblem:
    """Say what stopped the reading that got furthest."""
    if not readings:
        return PlaceNotUnderstood(field="region", start=_excerpt(text))
    furthest = min(readings, key=lambda reading: reading.rank)
    place, at = furthest.place, _past_fillers(furthest.place, text, furthest.end)
    choices = place.children[0].children if place.is_municipality else place.children
    facts = {"found": _excerpt(text[at:]), "examples": "、".join(child.name for child in choices[:3])}
    if furthest.doubt and (place.level != 2 or furthest.cost >= 10):
        return PlaceDoubtful(field="district", part=furthest.doubt, place=place.name)
    if not text[at:]:
        return PlaceUnfinished(field="district", place=_full_name(place), examples=facts["examples"])
    if strangers := _official_names_at(text, at):
        homes = sorted(strangers, key=lambda stranger: stranger.path[0] is not place.path[0])
        return PlaceElsewhere(
            field="district", part=homes[0].name, parent=place.name, home=_listed(homes, parents=True)
        )
    if place.level == 1 and not place.is_municipality:
        return CityNotUnderstood(field="city", province=place.name, **facts)
    return DistrictNotUnderstood(field="district", city=place.name, **facts)


def _official_names_at(text: str, at: int) -> list[Division]:
    """Return the divisions anywhere in China whose full name stands at `at`, such as the two 南山区 after 广州市."""
    index, longest = _index(china())
    for length in range(min(longest, len(text) - at), 2, -1):
        if found := [p for p, cost in index.get(text[at : at + length], ()) if cost % 10 == Spelling.FULL]:
            return found
    return []


def _listed(places: list[Division], *, parents: bool = False) -> str:
    """Return up to five places in full, or those they lie in."""
    shown = [place.parent if parents and place.level > 1 and place.parent else place for place in places]
    return "、".join(_full_name(place) for place in shown[:5])


def _full_name(place: Division) -> str:
    """Return the names from the province down, a municipality's once."""
    return "".join(dict.fromkeys(division.name for division in place.path))


def _excerpt(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:12]}…"


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern that may match nothing ends."""
    match = pattern.match(text, at)
    return match.end() if match else at
