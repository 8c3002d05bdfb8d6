"""More of the festivals: Dragon Boat, Spring Festival, Lantern Festival."""

from __future__ import annotations

from giftshop.demo.pictures.canvas import CINNABAR, FLOOR, GOLD, INK, LEAF, PAPER, PORCELAIN, Scene, dim, lit, n
from giftshop.demo.pictures.solids import (
    ball,
    bow,
    box,
    cylinder,
    flower,
    gleam,
    lathe,
    leaf,
    seal,
    shadow,
    sprig,
    steam,
)

BAMBOO = "#5f7d45"
STRAW = "#c79d5d"


def _zongzi(s: Scene, cx: float, foot: float, r: float, string: str, *, open_: bool = False) -> None:
    shadow(s, cx, foot, r * 0.8, 7)
    left, right, top = cx - r, cx + r, foot - r * 1.5
    if open_:
        s.path(
            f"M{n(left * 0.3 + cx * 0.7)} {n(foot - 4)}L{n(cx)} {n(top)}L{n(right * 0.3 + cx * 0.7)} {n(foot - 4)}Z",
            "#f3ead2",
        )
    s.path(
        f"M{n(cx)} {n(top)}Q{n(left + r * 0.3)} {n(foot - r * 0.6)} {n(left)} {n(foot - r * 0.1)}"
        f"Q{n(cx - r * 0.4)} {n(foot + r * 0.16)} {n(cx + r * 0.12)} {n(foot)}Z",
        s.face_fill(lit(BAMBOO, 0.14)),
    )
    s.path(
        f"M{n(cx)} {n(top)}Q{n(right - r * 0.2)} {n(foot - r * 0.6)} {n(right)} {n(foot - r * 0.14)}"
        f"Q{n(cx + r * 0.6)} {n(foot + r * 0.1)} {n(cx + r * 0.12)} {n(foot)}Z",
        s.face_fill(dim(BAMBOO, 0.16)),
    )
    for step in (0.3, 0.55, 0.8):
        s.path(
            f"M{n(cx)} {n(top + 3)}Q{n(cx - r * step * 0.6)} {n(foot - r * 0.7)} {n(cx - r * step)}"
            f" {n(foot - r * 0.04)}",
            stroke=dim(BAMBOO, 0.3),
            stroke_width=1.2,
            opacity=0.7,
        )
    for y, w in ((0.85, 0.46), (0.5, 0.72)):
        s.path(
            f"M{n(cx - r * w)} {n(foot - r * y)}Q{n(cx)} {n(foot - r * y + r * 0.2)} {n(cx + r * w)}"
            f" {n(foot - r * y - r * 0.04)}",
            stroke=string,
            stroke_width=3,
        )
    s.path(
        f"M{n(cx + r * 0.06)} {n(foot - r * 0.42)}q8 10 2 20M{n(cx + r * 0.06)} {n(foot - r * 0.42)}q-9 8 -8 18",
        stroke=string,
        stroke_width=2.4,
        stroke_linecap="round",
    )


def zongzi_box(s: Scene) -> None:
    """A box of zongzi with bamboo leaves, two before it."""
    main = s.palette.main
    shadow(s, 196, FLOOR - 16, 112, 15)
    box(s, 90, 176, 216, FLOOR - 16 - 176, 34, main)
    s.rect(100, 188, 196, FLOOR - 52 - 176, "none", 2, stroke=GOLD, stroke_width=2)
    for turn, length in ((-152, 70), (-128, 84), (-104, 90), (-78, 88), (-52, 82), (-28, 68)):
        leaf(s, 198, 272, length, turn, lit(BAMBOO, 0.1 if turn % 4 else 0.26), 0.2)
    s.path("M150 280q48 18 96 0q-10 16 -48 16t-48 -16z", GOLD)
    _zongzi(s, 252, FLOOR + 24, 40, CINNABAR)
    _zongzi(s, 322, FLOOR + 14, 33, GOLD)


def zongzi_basket(s: Scene) -> None:
    """A bamboo basket heaped with zongzi and salted eggs."""
    cx = 192
    shadow(s, cx, FLOOR + 2, 112, 17)
    s.path(f"M{cx - 92} 240C{cx - 86} 84 {cx + 86} 84 {cx + 92} 240", stroke=dim(STRAW, 0.3), stroke_width=11)
    s.path(f"M{cx - 93} 240C{cx - 87} 82 {cx + 85} 82 {cx + 91} 240", stroke=lit(STRAW, 0.2), stroke_width=4.5)
    s.ellipse(cx, 248, 108, 24, dim(STRAW, 0.5))
    for x, foot, r, string in (
        (-50, 246, 40, CINNABAR),
        (48, 246, 40, GOLD),
        (0, 236, 44, PAPER),
        (-22, 266, 38, GOLD),
        (34, 268, 38, CINNABAR),
    ):
        _zongzi(s, cx + x, foot, r, string)
    for x, y in ((-76, 254), (78, 254)):
        s.ellipse(cx + x, y, 17, 22, s.ball_fill("#cfe0da"))
    lathe(s, cx, [(110, 256), (102, 290), (88, FLOOR + 2)], STRAW)
    for row in range(4):
        for step in range(13):
            at = cx - 94 + row * 4 + step * (15.6 - row * 0.7) + (row % 2) * 7
            s.path(f"M{n(at - 7)} {268 + row * 14}q7 6 14 0", stroke=dim(STRAW, 0.32), stroke_width=2.6)
    s.path(f"M{cx - 110} 254a110 24 0 0 0 220 0", stroke=lit(STRAW, 0.2), stroke_width=8)
    bow(s, cx + 84, 196, 24, s.palette.main)
    sprig(s, 268, FLOOR + 26, 4, 4, 22, BAMBOO)


def new_year_hamper(s: Scene) -> None:
    """A red hamper of Spring Festival goods: a jar, a bottle, oranges, nuts."""
    main = s.palette.main
    lathe(s, 148, [(10, 92), (11, 118), (26, 142), (28, 260)], "#5b2f24")
    cylinder(s, 148, 84, 104, 11, GOLD)
    s.rect(124, 176, 48, 50, s.face_fill(PAPER), 2)
    box(s, 190, 136, 84, 120, 18, lit(main, 0.14))
    seal(s, 216, 168, 32, GOLD)
    for x, y in ((284, 226), (262, 208), (302, 214), (112, 230), (128, 214)):
        ball(s, x, y, 21, "#e58a2b")
        leaf(s, x, y - 20, 16, -40, LEAF, 0.4)
    flower(s, 184, 128, 17, 5, "#f1b9bf", GOLD)
    shadow(s, 198, FLOOR, 118, 17)
    s.path(f"M78 238H320L304 {FLOOR}H94Z", s.face_fill(main))
    s.path("M78 238H320L318 254H80Z", s.face_fill(GOLD))
    s.rect(184, 254, 30, FLOOR - 254, s.face_fill(GOLD))
    bow(s, 199, 262, 38, lit(GOLD, 0.15))
    for x in (112, 272):
        with s.turned(45, x, 290):
            s.rect(-15, -15, 30, 30, "none", 2, stroke=GOLD, stroke_width=2)
            s.rect(-7, -7, 14, 14, GOLD, 1)
    for x, y in ((330, FLOOR + 16), (296, FLOOR + 24)):
        shadow(s, x, y + 8, 14, 5)
        s.ellipse(x, y, 16, 11, s.ball_fill("#a8784a"))


def couplets(s: Scene) -> None:
    """A lantern, a pair of spring couplets and a red envelope: strokes, not words."""
    main = s.palette.main
    for x in (76, 272):
        s.rect(x, 74, 50, 206, s.face_fill(main), 2)
        s.rect(x + 5, 80, 40, 194, "none", 1, stroke=GOLD, stroke_width=1.6)
        for step in range(4):
            y = 94 + step * 45
            s.path(
                f"M{x + 14} {y + 6}h22M{x + 25} {y}v30M{x + 15} {y + 16}h20M{x + 16} {y + 30}q9 -4 20 0",
                stroke=lit(GOLD, 0.25),
                stroke_width=3.4,
                stroke_linecap="round",
            )
    cx, cy = 199, 186
    s.path(f"M{cx} 60V132", stroke=GOLD, stroke_width=3)
    s.rect(cx - 26, 128, 52, 12, s.turned_fill(GOLD), 3)
    s.ellipse(cx, cy, 62, 50, s.ball_fill(main))
    for w in (44, 22):
        s.ellipse(cx, cy, w, 50, "none", stroke=dim(main, 0.3), stroke_width=1.8, opacity=0.8)
    s.path(f"M{cx} {cy - 50}V{cy + 50}", stroke=dim(main, 0.3), stroke_width=1.8)
    s.rect(cx - 26, cy + 44, 52, 12, s.turned_fill(GOLD), 3)
    for shift in (-18, -9, 0, 9, 18):
        s.path(f"M{cx + shift} {cy + 56}v{34 - abs(shift) * 0.4:.0f}", stroke=lit(GOLD, 0.2), stroke_width=2.6)
    gleam(s, [(cx - 44, cy - 16), (cx - 46, cy + 4)], 6, 0.4)
    shadow(s, 206, FLOOR + 16, 86, 11)
    for x, turn, colour in ((164, -10, dim(main, 0.1)), (240, 9, main)):
        with s.turned(turn, x, FLOOR - 4):
            s.rect(-38, -26, 76, 46, s.face_fill(colour), 3)
            s.path("M-38 -24Q0 6 38 -24", stroke=GOLD, stroke_width=2)
            s.ellipse(0, -6, 9, 9, s.ball_fill(GOLD))


def tangyuan(s: Scene) -> None:
    """A bowl of tangyuan, a spoon beside it."""
    main, cx = s.palette.main, 186
    shadow(s, cx, FLOOR + 4, 98, 17)
    lathe(s, cx, [(116, 210), (110, 244), (82, 292), (46, 312), (46, FLOOR + 2)], main)
    s.path(f"M{cx - 114} 222a114 27 0 0 0 228 0", stroke=GOLD, stroke_width=3)
    s.ellipse(cx, 208, 116, 34, s.top_fill(PORCELAIN))
    s.ellipse(cx, 212, 104, 28, s.gradient([(0, "#e9d2a0", 1), (1, "#f6e7c6", 1)], (0, 0, 1, 1)))
    for x, y, colour in (
        (-62, 206, "#fbf7ee"),
        (-22, 196, "#f3c9cd"),
        (24, 198, "#fbf7ee"),
        (64, 206, "#dfe6b4"),
        (-40, 222, "#fbf7ee"),
        (4, 220, "#fbf7ee"),
        (46, 224, "#f3c9cd"),
    ):
        ball(s, cx + x, y, 22, colour, 19)
        s.ellipse(cx + x - 7, y - 8, 5, 3, "#ffffff", opacity=0.9)
    for x, y in ((-8, 206), (30, 214), (-54, 190)):
        flower(s, cx + x, y, 4, 4, GOLD, lit(GOLD, 0.4))
    gleam(s, [(cx - 96, 238), (cx - 80, 274), (cx - 56, 300)], 7, 0.4)
    steam(s, cx - 20, 176, 1.1)
    steam(s, cx + 34, 180, 0.9)
    shadow(s, 304, FLOOR + 18, 44, 7)
    s.path(
        f"M272 {FLOOR + 10}Q284 {FLOOR + 22} 308 {FLOOR + 12}L348 {FLOOR - 6}L350 {FLOOR}L314 {FLOOR + 22}"
        f"Q278 {FLOOR + 32} 272 {FLOOR + 10}Z",
        s.face_fill(PORCELAIN),
    )
    ball(s, 290, FLOOR + 9, 14, "#fbf7ee", 12)


def candy_box(s: Scene) -> None:
    """A tin of nougat and sesame sweets for the New Year."""
    main = s.palette.main
    shadow(s, 236, FLOOR - 46, 84, 11)
    s.ellipse(240, 188, 84, 84, dim(main, 0.35))
    s.ellipse(235, 186, 84, 84, s.ball_fill(main))
    s.ellipse(235, 186, 72, 72, "none", stroke=GOLD, stroke_width=2.4)
    for step in range(5):
        with s.turned(step * 72 - 90, 235, 186):
            s.path("M10 0C24 -26 54 -22 58 0C54 22 24 26 10 0Z", lit(GOLD, 0.1), opacity=0.9)
    s.ellipse(235, 186, 12, 12, s.ball_fill(CINNABAR if main != CINNABAR else PAPER))
    cx = 178
    shadow(s, cx, FLOOR + 12, 104, 19)
    cylinder(s, cx, 268, FLOOR + 6, 106, main)
    s.path(f"M{cx - 106} 296a106 18 0 0 0 212 0", stroke=GOLD, stroke_width=3)
    s.ellipse(cx, 268, 106, 30, s.top_fill(lit(main, 0.1)))
    s.ellipse(cx, 270, 98, 26, dim(main, 0.5))
    for x, y, turn, colour in (
        (-62, 266, 20, PAPER),
        (-30, 256, -24, CINNABAR),
        (6, 252, 14, GOLD),
        (42, 258, -12, PAPER),
        (70, 268, 32, CINNABAR),
        (-44, 280, -10, GOLD),
        (-8, 272, 30, PAPER),
        (30, 280, -28, CINNABAR),
        (58, 284, 10, GOLD),
        (-12, 288, 4, "#c88f58"),
    ):
        _sweet(s, cx + x, y, turn, colour)
    for x, y, turn in ((290, FLOOR + 12, -14), (322, FLOOR + 24, 18)):
        shadow(s, x, y + 8, 16, 5)
        _sweet(s, x, y, turn, GOLD if turn > 0 else CINNABAR)


def _sweet(s: Scene, x: float, y: float, turn: float, colour: str) -> None:
    with s.turned(turn, x, y):
        for side in (-1, 1):
            s.path(f"M{side * 12} 0L{side * 25} -8L{side * 22} 0L{side * 25} 8Z", dim(colour, 0.12))
        s.rect(-14, -9, 28, 18, s.face_fill(colour), 7)
        s.path(
            "M-4 -9q3 9 0 18M5 -9q3 9 0 18",
            stroke=lit(colour, 0.5) if colour != PAPER else dim(PAPER, 0.25),
            stroke_width=1.6,
        )


def new_year_cake(s: Scene) -> None:
    """Rice cakes for the New Year: two carp in their box."""
    main = s.palette.main
    shadow(s, 198, FLOOR + 6, 126, 16)
    s.polygon([(92, 166), (306, 166), (332, 300), (66, 300)], s.top_fill(main))
    s.polygon([(102, 174), (296, 174), (320, 292), (78, 292)], s.face_fill("#f2dfae"))
    for x, y, flip, colour in ((170, 208, 1, "#e9825c"), (228, 260, -1, "#f4ead6")):
        with s.turned(-8 * flip, x, y, 1.1):
            s.shapes.append(f'<g transform="scale({flip} 1)">')
            s.path(
                "M-62 0C-50 -30 10 -32 38 -6C54 -22 72 -26 78 -22C70 -8 70 8 78 24C68 26 52 20 38 8C10"
                " 30 -50 28 -62 0Z",
                s.face_fill(colour),
            )
            s.path("M-12 -24q14 -18 36 -12q-8 8 -8 16z", s.face_fill(dim(colour, 0.12)))
            for row in range(3):
                for step in range(4):
                    s.path(f"M{-26 + step * 15} {-14 + row * 11}q9 6 0 11", stroke=dim(colour, 0.3), stroke_width=1.6)
            s.path("M-38 -16q8 16 0 32", stroke=dim(colour, 0.35), stroke_width=2.2)
            s.ellipse(-48, -5, 3.4, 3.4, INK)
            s.shapes.append("</g>")
    s.rect(66, 300, 266, 26, s.face_fill(dim(main, 0.14)), 3)
    s.path("M80 313h238", stroke=GOLD, stroke_width=2)
    for x, y in ((108, 270), (292, 196)):
        flower(s, x, y, 10, 5, CINNABAR, GOLD)
        leaf(s, x + 8, y + 3, 16, 20, LEAF, 0.36)
