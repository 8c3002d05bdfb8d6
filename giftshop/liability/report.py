"""What is owed to whom at the end of a day, and why: put together from a few sums, each currency by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from giftshop import cards
from giftshop.cards import ProgrammeKind, Unredeemed
from giftshop.db import Reader
from giftshop.kernel.clock import end_of_day
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Movement
from giftshop.liability import queries, rules
from giftshop.liability.queries import BatchTitle, Holding
from giftshop.liability.rules import ACCOUNT_OF, TOLD, Age, History, Place, Step

Key = TypeVar("Key", bound=Hashable)
_LEFT_FOR_GOOD = {
    (Account.KEPT, EntryKind.SETTLE),
    (Account.RETURNED, EntryKind.SETTLE),
    (Account.CREDITED, EntryKind.SETTLE),
    (Account.DONATED, EntryKind.SETTLE),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for: the evening of a day, whose, and where the market lets breakage be final."""

    on: date
    time_zone: str
    now: datetime
    value_may_end: bool
    """Whether what a shopping card still holds after its last day may become the operator's."""
    firm_id: int | None = None
    """Of the reader: nothing else is read. None: the operator asks."""

    @property
    def until(self) -> datetime:
        """The first moment that is not told of any more."""
        return min(end_of_day(self.on, self.time_zone), self.now)

    @property
    def is_today(self) -> bool:
        """Whether the day is not over yet."""
        return self.until == self.now

    @property
    def since_day(self) -> date:
        """The evening that what moved is told from: the last one of the month before."""
        return rules.month_end_before(self.on)


@dataclass
class BatchLine:
    """A batch in figures, minor units of its currency."""

    title: BatchTitle
    before: Counter[tuple[Account, EntryKind]] = field(default_factory=Counter)
    since: Counter[tuple[Account, EntryKind]] = field(default_factory=Counter)
    holdings: list[Holding] = field(default_factory=list)
    expected_minor: int | None = None
    """Of what it owes, what is expected never to be redeemed. None: too little is known."""

    def owes(self, place: Place, *, before: bool = False) -> int:
        """Return what it owes in a place: in the end, or before what moved."""
        account = ACCOUNT_OF[place]
        told = (self.before,) if before else (self.before, self.since)
        return -sum(minor for sums in told for (on, _kind), minor in sums.items() if on is account)

    @cached_property
    def cards(self) -> int:
        """Cards that hold something and are open."""
        return sum(each.cards for each in self.holdings)

    def posted(self, *accounts: Account) -> int:
        """Return the sum of accounts in the end; what went there stands below zero."""
        return sum(m for sums in (self.before, self.since) for (on, _kind), m in sums.items() if on in accounts)

    @property
    def redeemed_minor(self) -> int:
        """Value of cards that was turned into goods; what holders paid on top is no such value."""
        return -self.posted(Account.REDEEMED, Account.RECEIVED)

    @property
    def never_minor(self) -> int:
        """What was opened, and expired or was settled."""
        settled = sum(
            minor for sums in (self.before, self.since) for key, minor in sums.items() if key in _LEFT_FOR_GOOD
        )
        return self.owes(Place.EXPIRED) - settled

    @property
    def opened_minor(self) -> int:
        """All that holders could ever redeem."""
        return self.redeemed_minor + self.never_minor + self.owes(Place.OWED)


@dataclass(frozen=True)
class Sums:
    """Batches together, of one currency."""

    currency: str
    lines: Sequence[BatchLine]

    @cached_property
    def cards(self) -> int:
        """Open cards that hold something."""
        return sum(line.cards for line in self.lines)

    @property
    def owed(self) -> Money:
        """What holders may still redeem."""
        return self.owes(Place.OWED)

    @property
    def waiting(self) -> Money:
        """What is paid for and not open yet."""
        return self.owes(Place.WAITING)

    @property
    def expired(self) -> Money:
        """What is past its last day and not decided upon."""
        return self.owes(Place.EXPIRED)

    @property
    def expected(self) -> Money | None:
        """Of what is owed, what is expected never to be redeemed; None: nothing is known of any of it."""
        known = [line.expected_minor for line in self.lines if line.expected_minor is not None]
        return Money(sum(known), self.currency) if known else None

    def owes(self, place: Place, *, before: bool = False) -> Money:
        """Return what is owed in a place: in the end, or before what moved."""
        return Money(sum(line.owes(place, before=before) for line in self.lines), self.currency)

    def among(self, key: Callable[[BatchLine], Key]) -> dict[Key, Sums]:
        """Return the batches apart by a key, whoever is owed most first."""
        apart: dict[Key, list[BatchLine]] = defaultdict(list)
        for line in self.lines:
            apart[key(line)].append(line)
        found = {each: Sums(self.currency, lines) for each, lines in apart.items()}
        return dict(sorted(found.items(), key=lambda pair: -pair[1].owed.amount_minor))

    @cached_property
    def is_anything(self) -> bool:
        """Whether something is owed, or moved."""
        return any(self.owes(place) or self.owes(place, before=True) for place in Place) or bool(self.steps)

    @cached_property
    def steps(self) -> list[Step]:
        """What moved, in the order of the way that value goes; what moved nothing is left out."""
        moved: Counter[tuple[Account, EntryKind]] = Counter()
        for line in self.lines:
            moved.update(line.since)
        steps = [Step(kind, {place: -moved[account, kind] for place, account in ACCOUNT_OF.items()}) for kind in TOLD]
        return [step for step in steps if any(step.minor.values())]

    @cached_property
    def months(self) -> list[tuple[date | None, int, Money]]:
        """What is owed by the month of the last day: its first day, cards, sum. None, at the end: it never lapses."""
        found = _summed((_month(line.title, holding), holding) for line in self.lines for holding in line.holdings)
        ordered = sorted(found.items(), key=lambda pair: pair[0] or date.max)
        return [(month, count, Money(minor, self.currency)) for month, (count, minor) in ordered]

    @cached_property
    def ages(self) -> list[tuple[Age, int, Money]]:
        """What is owed by how long ago its cards were opened."""
        found = _summed((holding.age, holding) for line in self.lines for holding in line.holdings)
        return [(age, found[age][0], Money(found[age][1], self.currency)) for age in Age if age in found]

    @property
    def untold(self) -> Money:
        """What is owed and lies on no card: nothing, while the books add up."""
        held = sum(holding.owed_minor for line in self.lines for holding in line.holdings)
        return self.owed - Money(held, self.currency)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected never to be redeemed of one kind of cards of one currency."""

    kind: ProgrammeKind
    share: Fraction | None
    """None: too little is known."""
    programmes: int
    """That are over, and the share is from."""
    cards: int
    expected: Money
    ours: Money
    """Of it, what would be the operator's: neither the firm's, nor for charity, nor owed for good by the market."""
    earned: Money
    """Breakage that may be shown as earned so far."""


@dataclass(frozen=True)
class Report:
    """All that is owed, each currency by itself."""

    asked: Asked
    sums: Sequence[Sums]
    forecasts: Mapping[str, Sequence[Forecast]]
    """By currency."""

    def only(self, keep: Callable[[BatchTitle], bool]) -> Report:
        """Return the same of some batches. What is expected of them stays as it was reckoned from all."""
        kept = [Sums(each.currency, [line for line in each.lines if keep(line.title)]) for each in self.sums]
        return replace(self, sums=[each for each in kept if each.lines and each.is_anything])


def report(reader: Reader, asked: Asked) -> Report:
    """Return what was owed at the end of a day, from what was posted until then; four statements."""
    titles = queries.titles(reader, asked.firm_id)
    lines = {batch_id: BatchLine(title) for batch_id, title in titles.items()}
    since = min(end_of_day(asked.since_day, asked.time_zone), asked.until)
    for movement in queries.movements(reader, since, asked.until, asked.firm_id):
        _take_in(lines, movement)
    ages = rules.age_begins(asked.on, asked.time_zone)
    for holding in queries.holdings(reader, asked.until, ages, asked.firm_id):
        if holding.batch_id in lines:
            lines[holding.batch_id].holdings.append(holding)
    by_currency: dict[str, list[BatchLine]] = defaultdict(list)
    for line in lines.values():
        by_currency[line.title.currency].append(line)
    forecasts = {currency: _forecasts(some, currency, asked) for currency, some in by_currency.items()}
    sums = [Sums(currency, some) for currency, some in sorted(by_currency.items())]
    return Report(asked, [each for each in sums if each.is_anything], forecasts)


def _take_in(lines: Mapping[int, BatchLine], movement: Movement) -> None:
    line = lines.get(movement.batch_id)
    if line is not None:  # a posting for a batch that is not there is for the proof to find
        key = (movement.account, movement.kind)
        line.before[key] += movement.before_minor
        line.since[key] += movement.since_minor


def _forecasts(lines: Sequence[BatchLine], currency: str, asked: Asked) -> list[Forecast]:
    """Reckon what is expected of each kind's programmes, and write it on their batches."""
    by_kind: dict[ProgrammeKind, dict[int, list[BatchLine]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        by_kind[line.title.kind][line.title.programme_id].append(line)
    return [
        _forecast(kind, list(programmes.values()), currency, asked)
        for kind, programmes in sorted(by_kind.items())
        if any(line.opened_minor for some in programmes.values() for line in some)
    ]


def _forecast(kind: ProgrammeKind, programmes: Sequence[list[BatchLine]], currency: str, asked: Asked) -> Forecast:
    over = [_history(some) for some in programmes if _is_over(some, asked.until)]
    histories = [each for each in over if each.opened_minor > 0]
    share = rules.share_never_redeemed(histories)
    expected = ours = earned = 0
    for some in programmes if share is not None else ():
        opened, owed, redeemed = (
            sum(values)
            for values in zip(
                *((line.opened_minor, line.owes(Place.OWED), line.redeemed_minor) for line in some), strict=True
            )
        )
        never = rules.expected_never(share or Fraction(0), opened, max(owed, 0))
        for line, part in zip(some, rules.shared_out(never, [line.owes(Place.OWED) for line in some]), strict=True):
            line.expected_minor = part
        expected += never
        if _is_ours(some[0].title, asked):
            ours += never
            earned += min(never, rules.earned_so_far(share or Fraction(0), opened, redeemed))
    figures = (Money(minor, currency) for minor in (expected, ours, earned))
    return Forecast(kind, share, len(histories), sum(each.cards for each in histories), *figures)


def _history(lines: Sequence[BatchLine]) -> History:
    opened = sum(line.opened_minor for line in lines)
    redeemed = sum(line.redeemed_minor for line in lines)
    return History(sum(line.title.quantity for line in lines), opened, opened - redeemed)


def _is_over(lines: Sequence[BatchLine], until: datetime) -> bool:
    """Whether nobody can redeem anything of a programme any more, unless it is extended."""
    title = lines[0].title
    if cards.lapses_at(title.valid_until, title.time_zone, title.grace_days) > until:
        return False
    return not any(holding.expires_at > until for line in lines for holding in line.holdings)


def _is_ours(title: BatchTitle, asked: Asked) -> bool:
    return title.unredeemed is Unredeemed.KEEP and (title.kind is ProgrammeKind.VOUCHER or asked.value_may_end)


def _month(title: BatchTitle, holding: Holding) -> date | None:
    last_day = cards.last_day_of(holding.expires_at, title.time_zone, title.grace_days)
    return last_day.replace(day=1) if last_day else None


def _summed(keyed: Iterable[tuple[Key, Holding]]) -> dict[Key, tuple[int, int]]:
    counts: Counter[Key] = Counter()
    sums: Counter[Key] = Counter()
    for key, holding in keyed:
        counts[key] += holding.cards
        sums[key] += holding.owed_minor
    return {key: (counts[key], sums[key]) for key in counts}
