"""Apps of one test process share what each would work out anew and alike: compiled templates and builders of addresses.

Thousands of tests make an app each. Compiling its routes and its first page took two thirds of the time of a run.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import ClassVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from giftshop.web import GiftShop

Builder = Callable[..., tuple[str, str]]


class Templates(BytecodeCache):
    """Templates compiled once a process, by their name and text."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


class Address(Rule):
    """A rule that compiles its builder once a process. The builder is handed its rule, so alike rules can share it."""

    kept: ClassVar[dict[object, Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        alike = (self.rule, self.subdomain, repr(self.defaults), append_unknown)
        if alike not in self.kept:
            self.kept[alike] = super()._compile_builder(append_unknown)
        return self.kept[alike]


def remember() -> None:
    """Let every app of this process made from now on use what an earlier one compiled."""
    GiftShop.url_rule_class = Address
    GiftShop.jinja_options = {**GiftShop.jinja_options, "bytecode_cache": Templates()}
