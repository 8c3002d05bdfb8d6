"""Whether cards could be printed, found out without printing them: before somebody pays for them."""

from __future__ import annotations

from collections.abc import Iterable

from giftshop.paper.card_art import render_art
from giftshop.paper.card_design import CardArt, CardDesign, CardFace
from giftshop.paper.errors import GlyphMissing, GlyphMissingInRow, TextTooLong, TextTooLongInRow
from giftshop.paper.typesetting import set_line


def check_cards(design: CardDesign, art: CardArt, faces: Iterable[CardFace]) -> None:
    """Refuse what `print_cards` would refuse of these words and texts; links are not looked at.

    The artwork is laid out once, which takes half a second; ten thousand names take half as long again.

    Raises:
        GlyphMissing, TextTooLong: the words of all cards cannot be printed.
        GlyphMissingInRow, TextTooLongInRow: the text of one card cannot.

    """
    design = design.lettered(art.lettering)
    places = render_art(design, art).places
    fields = [(style, places[style.name]) for style in design.fields if style.name in places]
    fitting: set[tuple[str, str]] = set()
    for row, face in enumerate(faces, start=1):
        for style, place in fields:
            text = face.texts.get(style.name, "")
            if (style.name, text) in fitting:
                continue
            try:
                set_line(text, style, place)
            except GlyphMissing as refusal:
                raise GlyphMissingInRow.of(str(refusal.facts["character"]), row=row) from refusal
            except TextTooLong as refusal:
                raise TextTooLongInRow(row=row, text=refusal.facts["text"]) from refusal
            fitting.add((style.name, text))
