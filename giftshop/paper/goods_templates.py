"""The templates of printed goods. They come from us alone; what stands in them is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from giftshop.paper.fonts import ROOT


@cache
def templates() -> Environment:
    """Return where the templates of printed goods are read from."""
    return Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined)
