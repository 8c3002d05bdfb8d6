"""What the market a firm is in allows: settings of the operator, by country. Not hard-coded, and not legal advice.

`MarketRules.parse` reads a TOML table. What it leaves out keeps the default for mainland China: caps, validity, real
names and bank transfer as 单用途商业预付卡管理办法 has them. Amounts are minor units of the market's currency.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

from giftshop.kernel.money import MAX_MINOR

Section = TypeVar("Section", "StoredValueRules", "GiftRules")


class BadMarketRules(ValueError):
    """What was given are no rules; the message names the setting."""


class Counterparty(StrEnum):
    """Whose person a recipient is; what they may be given depends on it."""

    BUSINESS = "business"
    """A private company's: customer, dealer, partner."""
    EMPLOYEE = "employee"
    """The firm's own."""
    STATE_ENTERPRISE = "state_enterprise"
    """A company's that the state owns."""
    STATE_BODY = "state_body"
    """An authority's, a court's, an army's."""
    OFFICIAL = "official"
    """A public official, wherever employed."""
    PRIVATE = "private"
    """Nobody's: a private client."""


class GiftNature(StrEnum):
    """What is given, as far as rules tell gifts apart."""

    GOODS = "goods"
    """A thing that the firm chose."""
    VOUCHER = "voucher"
    """A gift book: one gift out of several."""
    STORED_VALUE = "stored_value"
    """A shopping card."""


@dataclass(frozen=True, slots=True)
class StoredValueRules:
    """Shopping cards. The defaults are mainland China's for a single-purpose prepaid card."""

    bearer_cap_minor: int = 100_000
    """Most that one bearer card may hold: ¥1,000."""
    named_cap_minor: int = 500_000
    """Most that one named card may hold: ¥5,000."""
    bearer_least_years: int = 3
    """A bearer card is valid for so many years at least."""
    named_expires: bool = False
    """Whether a named card may have a last day at all."""
    breakage_is_final: bool = False
    """Whether value left after the last day is the operator's. Where not, it can always be extended."""
    real_name_from_minor: int = 1_000_000
    """From this total of bearer cards on the buyer's real name is taken down: ¥10,000. Named cards: always."""
    transfer_from_minor: int = 500_000
    """From this total on a firm pays by bank transfer only: ¥5,000."""
    phone_above_minor: int = 50_000
    """A card worth more than this is spent with a one-time code to its holder's phone: ¥500. 0: none is."""


@dataclass(frozen=True, slots=True)
class GiftRules:
    """Who may be given what, and gift books."""

    phone_above_minor: int = 0
    """As for shopping cards: a book worth more than this is redeemed with a one-time code. 0: none is."""

    yearly_cap_minor: int = 200_000
    """Most that one recipient is given in a calendar year, whatever the occasion: the operator's own measure."""
    blocked: tuple[str, ...] = ("state_body:stored_value", "official:stored_value", "state_body:voucher", "official:*")
    """"counterparty:nature" that are refused; `*` is every nature. State bodies and officials get no cards."""

    def allows(self, counterparty: Counterparty, nature: GiftNature) -> bool:
        """Whether somebody of this kind may be given something of this nature."""
        return not {f"{counterparty}:{nature}", f"{counterparty}:*"} & set(self.blocked)


@dataclass(frozen=True, slots=True)
class MarketRules:
    """The rules of one market."""

    country: str = "CN"
    stored_value: StoredValueRules = field(default_factory=StoredValueRules)
    gifts: GiftRules = field(default_factory=GiftRules)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the rules that a TOML text sets. Raises BadMarketRules naming the first setting that is wrong.

        Sections: `country`, `[stored_value]`, `[gifts]`, with the names of the attributes above.
        """
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadMarketRules(str(error)) from error
        unknown = set(told) - {"country", "stored_value", "gifts"}
        if unknown:
            raise BadMarketRules(f"there is no setting {sorted(unknown)[0]}")
        return cls(
            country=str(told.get("country", "CN")),
            stored_value=_changed(StoredValueRules(), told.get("stored_value", {}), "stored_value"),
            gifts=_changed(GiftRules(), told.get("gifts", {}), "gifts"),
        )


_KINDS: Final = {int: "a whole number", bool: "true or false", tuple: "a list of texts"}


def _changed(rules: Section, told: dict[str, Any], section: str) -> Section:
    known = {each.name: getattr(rules, each.name) for each in fields(rules)}
    for name, value in told.items():
        if name not in known:
            raise BadMarketRules(f"there is no setting {section}.{name}")
        kind = type(known[name])
        given = tuple(value) if kind is tuple and isinstance(value, list) else value
        if type(given) is not kind or (isinstance(given, int) and not 0 <= given <= MAX_MINOR):
            raise BadMarketRules(f"{section}.{name} must be {_KINDS[kind]}")
        if isinstance(given, tuple):
            _check_blocked(given)
        known[name] = given
    return replace(rules, **known)


def _check_blocked(pairs: tuple[object, ...]) -> None:
    for pair in pairs:
        counterparty, _, nature = str(pair).partition(":")
        if counterparty not in set(Counterparty) or nature not in {*GiftNature, "*"}:
            raise BadMarketRules(f"gifts.blocked holds no pair of counterparty and nature: {pair!r}")
