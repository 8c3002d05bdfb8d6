"""`python -m tools.design_pictures`: draw the pictures of docs/designs.md anew, by the press that prints the cards."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from giftshop.kernel.codes import SPECIMEN
from giftshop.kernel.serials import FIRST_BATCH, Serial
from giftshop.paper import DESIGNS, CardArt, CardDesign, CardFace, DesignKind, Lettering, page_png, proof

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "designs"
DPI: Final = 144
MARGIN: Final = 24
"""Pixels round each side of a card."""
TABLE: Final = (226, 221, 213)
SHADE: Final = (199, 192, 181)
QUALITY: Final = 82
ROUNDED_MM: Final = 3.2
"""The corner of a card of bank-card size (ISO/IEC 7810)."""

SANS: Final = Lettering.SANS

ENGLISH: Final = CardArt(
    firm="Harbour & Lane",
    greeting="With warm thanks",
    message="For your trust in a year that asked much of all of us. May the coming one be kind to you and yours.",
    hotline="400 810 0000",
    short_address="gifts.example/r",
    contact="hello@harbour.example",
    valid_until="December 31, 2027",
)
CHINESE: Final = CardArt(
    firm="恩礼集团采购",
    greeting="中秋快乐",
    message="感谢您一路同行。月圆人团圆，愿您与家人共享这份心意，来年诸事顺遂，平安喜乐。",
    hotline="400 810 0000",
    short_address="gifts.example/r",
    contact="上海市静安区南京西路 1266 号",
    valid_until="2027年12月31日",
    locale="zh_Hans",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a design, what stands on it, and for whom."""

    key: str
    art: CardArt
    name: str


SHOTS: Final = (
    Shot("moon", CHINESE, "欧阳娜娜"),
    Shot("mountains", replace(ENGLISH, accent="#1f6f8b"), "Zoë Łukasz"),
    Shot("lattice", replace(CHINESE, greeting="新春大吉", accent="#b3201f"), "欧阳娜娜"),
    Shot("white", replace(ENGLISH, accent="#e0452b", lettering=SANS), "O’Brien"),
    Shot("ticket", replace(ENGLISH, value="$250", accent="#24306e"), "Zoë Łukasz"),
    Shot(
        "circles",
        replace(CHINESE, value="¥500", greeting="好久不见", accent="#0b6e4f", lettering=SANS),
        "欧阳娜娜",
    ),
    Shot("greeting", replace(CHINESE, accent="#5b2a63"), "欧阳娜娜"),
    Shot("orchid", replace(ENGLISH, accent="#2f6b3f"), "Zoë Łukasz"),
    Shot("brocade", replace(CHINESE, greeting="福寿安康"), "欧阳娜娜"),
)


def main() -> None:
    """Draw every picture and say how large it came out."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        path = FOLDER / f"{shot.key}.webp"
        picture_of(shot).save(path, "WEBP", quality=QUALITY, method=6)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def picture_of(shot: Shot) -> Image.Image:
    """Return the sides of a card as they lie on a table, cut: beside each other, or below if they are wide."""
    design = DESIGNS[shot.key]
    pdf = proof(design.lettered(shot.art.lettering), shot.art, _face(design, shot.name))
    sides = [Image.open(io.BytesIO(page_png(pdf, side, dpi=DPI))).convert("RGB") for side in range(design.sides)]
    width, height = sides[0].size
    step = (width + MARGIN, 0) if width < 1.8 * height else (0, height + MARGIN)
    last = len(sides) - 1
    table = Image.new("RGB", (width + 2 * MARGIN + last * step[0], height + 2 * MARGIN + last * step[1]), TABLE)
    for number, side in enumerate(sides):
        at = (MARGIN + number * step[0], MARGIN + number * step[1])
        cut = _outline(design, side.size)
        table.paste(SHADE, (at[0] + 3, at[1] + 4), cut)
        table.paste(side, at, cut)
    return table


def _face(design: CardDesign, name: str) -> CardFace:
    if DesignKind.GREETING in design.kinds:
        return CardFace({"recipient": name, "number": "G-0000-000-000"}, "G-0000-000-000")
    texts = {"recipient": name, "code": SPECIMEN.printed, "serial": str(Serial(FIRST_BATCH, 1))}
    return CardFace(texts, f"https://gifts.example/r#{SPECIMEN.canonical}")


def _outline(design: CardDesign, size: tuple[int, int]) -> Image.Image:
    outline = Image.new("L", size, 0)
    is_wallet = design.width_mm < 100 and design.height_mm < 60
    corner = ROUNDED_MM / 25.4 * DPI if is_wallet else 0
    ImageDraw.Draw(outline).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), corner, fill=255)
    return outline


if __name__ == "__main__":
    main()
