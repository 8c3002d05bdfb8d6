"""Pictures of an order's card: its proof, and how it would look in each design that it may have.

All come out of the real press, which takes half a second each; so the latest are kept by this process, under the hash
of all that is on them, and a browser that has one is told so.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, fields, replace
from threading import Lock
from typing import Final

from giftshop import paper
from giftshop.branding import Occasion, suggested
from giftshop.kernel.errors import Missing
from giftshop.paper import CardArt, CardDesign, CardFace

KEPT: Final = 96
"""Pictures of some dozen kB."""
PROOF_DPI: Final = 150
THUMBNAIL_DPI: Final = 84
_kept: OrderedDict[str, bytes] = OrderedDict()
_lock: Final = Lock()


@dataclass(frozen=True, slots=True)
class Shot:
    """One side of a card, to be drawn."""

    design: CardDesign
    art: CardArt
    face: CardFace
    side: int = 1
    dpi: int = PROOF_DPI

    @property
    def digest(self) -> str:
        """The hash of all that is on the picture."""
        art = [getattr(self.art, field.name) for field in fields(self.art)]
        seen = (self.design.key, art, sorted(self.face.texts.items()), self.face.link, self.side, self.dpi)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def picture(shot: Shot) -> bytes:
    """Return a shot as PNG.

    Raises Missing for a side that the design has not, and what the press refuses.
    """
    if not 1 <= shot.side <= shot.design.sides:
        raise Missing
    digest = shot.digest
    with _lock:
        if digest in _kept:
            _kept.move_to_end(digest)
            return _kept[digest]
    drawn = paper.page_png(paper.proof(shot.design, shot.art, shot.face), shot.side - 1, dpi=shot.dpi)
    with _lock:
        _kept[digest] = drawn
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return drawn


def thumbnail(shot: Shot) -> bytes:
    """Return the front of a design with an order's words; with ours where they are not written, or do not fit it."""
    art = shot.art
    if art.greeting and art.message:
        try:
            return picture(shot)
        except (paper.TextTooLong, paper.GlyphMissing):
            pass
    ours = suggested(Occasion.THANKS, art.locale)
    bare = replace(art, greeting=ours.headline, message=ours.message, firm="", contact="")
    texts = dict.fromkeys(shot.face.texts, "")
    return picture(replace(shot, art=bare, face=replace(shot.face, texts=texts)))
