"""Tea, and what it is drunk from."""

from __future__ import annotations

from math import cos, pi, sin

from giftshop.demo.pictures.canvas import (
    CELADON,
    CINNABAR,
    FLOOR,
    GOLD,
    INDIGO,
    JADE,
    LEAF,
    PAPER,
    PORCELAIN,
    TILT,
    WALNUT,
    WOOD,
    Scene,
    dim,
    lit,
)
from giftshop.demo.pictures.solids import band, cylinder, gleam, lathe, leaf, mouth, scattered, seal, shadow, steam


def longjing_tin(s: Scene) -> None:
    """Two tins of green tea, leaves before them."""
    _tin(s, 258, 176, FLOOR - 16, 44, lit(CELADON, 0.1))
    _tin(s, 172, 132, FLOOR, 60, JADE)
    _label(s, 172, 206, 284, 60)
    for x, y, turn in scattered(11, 17):
        leaf(s, 262 + x * 82, FLOOR + 4 + y * 26, 15, turn * 360, dim(LEAF, 0.12) if turn > 0.5 else LEAF, 0.17)


def _tin(s: Scene, cx: float, top: float, bottom: float, r: float, colour: str) -> None:
    shadow(s, cx, bottom, r)
    cylinder(s, cx, top + 30, bottom, r, colour)
    band(s, cx, bottom - 9, bottom, r, GOLD)
    cylinder(s, cx, top, top + 34, r + 2.5, dim(colour, 0.22), colour)
    band(s, cx, top + 31, top + 35, r + 2.5, GOLD)
    s.ellipse(cx, top, r * 0.74, r * 0.74 * TILT, "none", stroke=lit(colour, 0.5), stroke_width=1.5, opacity=0.7)
    gleam(s, [(cx - r * 0.62, top + 48), (cx - r * 0.62, bottom - 22)], 5, 0.35)


def _label(s: Scene, cx: float, top: float, bottom: float, r: float) -> None:
    band(s, cx, top, bottom, r, PAPER)
    hills = f"M{cx - 44} {bottom - 12}q14 -34 28 -12q12 -40 30 -6q10 -18 24 8"
    s.path(hills, stroke=JADE, stroke_width=3, stroke_linejoin="round", opacity=0.85)
    s.path(f"M{cx - 40} {bottom - 2}q22 8 50 6", stroke=CELADON, stroke_width=3)
    s.ellipse(cx + 17, top + 28, 8, 8, CINNABAR)
    leaf(s, cx - 22, top + 34, 22, -42, LEAF)
    leaf(s, cx - 22, top + 34, 17, -100, lit(LEAF, 0.2))


def puer_cake(s: Scene) -> None:
    """A cake of ripe tea in its paper on a stand, a broken one before it."""
    shadow(s, 196, FLOOR - 8, 92)
    cx, cy, r = 190.0, 208.0, 100.0
    s.ellipse(cx + 9, cy + 4, r, r, dim(PAPER, 0.34))
    s.ellipse(cx, cy, r, r, s.ball_fill(PAPER))
    for step in range(40):
        a = step * pi / 20
        start = 80 if step % 2 else 86
        s.line(
            [(cx + cos(a) * start, cy + sin(a) * start), (cx + cos(a) * 97, cy + sin(a) * 97)],
            dim(PAPER, 0.4),
            1.2,
            opacity=0.35,
        )
    s.ellipse(cx, cy, 74, 74, "none", stroke=CINNABAR, stroke_width=2.5)
    s.ellipse(cx, cy, 58, 58, "none", stroke=CINNABAR, stroke_width=13, stroke_dasharray="9 6.2", opacity=0.82)
    s.ellipse(cx, cy, 43, 43, "none", stroke=CINNABAR, stroke_width=2.5)
    leaf(s, cx - 1, cy + 22, 44, -118, LEAF, 0.34)
    leaf(s, cx - 1, cy + 22, 44, -62, dim(LEAF, 0.12), 0.34)
    leaf(s, cx, cy + 24, 50, -90, lit(LEAF, 0.15), 0.3)
    s.path(
        f"M104 {FLOOR - 44}q2 36 24 40h128q22 -4 24 -40l-10 2q-6 26 -20 28h-116q-14 -2 -20 -28z", s.turned_fill(WALNUT)
    )
    shadow(s, 292, FLOOR + 16, 44, 10)
    cylinder(s, 290, FLOOR + 2, FLOOR + 14, 48, "#5a3a2a")
    for x, y, turn in scattered(5, 60):
        px, py = (x - 0.5) * 92, (y - 0.5) * 15
        if (px / 47) ** 2 + (py / 8) ** 2 < 0.95:
            leaf(s, 290 + px, FLOOR + 2 + py, 8, turn * 360, "#7a5238" if turn > 0.5 else "#472c20", 0.22)
    s.polygon(
        [(314, FLOOR - 7), (342, FLOOR + 1), (334, FLOOR + 22), (322, FLOOR + 12), (312, FLOOR + 6)], s.palette.table
    )


def gaiwan_set(s: Scene) -> None:
    """A covered bowl and two cups on a tray."""
    shadow(s, 198, FLOOR + 8, 142, 20)
    lathe(s, 198, [(140, FLOOR - 6), (141, FLOOR), (128, FLOOR + 9)], WALNUT)
    s.ellipse(198, FLOOR - 7, 140, 24, s.top_fill(WOOD))
    s.ellipse(198, FLOOR - 6, 131, 20, s.face_fill(lit(WALNUT, 0.12)))
    _gaiwan(s, 176, FLOOR - 12)
    for cx, y in ((264, FLOOR - 6), (300, FLOOR - 16)):
        _cup(s, cx, y, 24)
    steam(s, 266, FLOOR - 44, 0.8)


def _gaiwan(s: Scene, cx: float, foot: float) -> None:
    lathe(s, cx, [(66, foot - 11), (44, foot - 3), (28, foot)], PORCELAIN)
    s.ellipse(cx, foot - 11, 66, 66 * TILT, s.top_fill(PORCELAIN))
    s.ellipse(cx, foot - 11, 58, 58 * TILT, "none", stroke=INDIGO, stroke_width=2)
    lathe(s, cx, [(66, foot - 86), (60, foot - 56), (45, foot - 28), (24, foot - 10), (24, foot - 6)], PORCELAIN)
    s.path(f"M{cx - 62} {foot - 63}a62 10 0 0 0 124 0", stroke=INDIGO, stroke_width=2.4)
    s.path(f"M{cx - 38} {foot - 22}a38 7 0 0 0 76 0", stroke=INDIGO, stroke_width=2)
    _vine(s, cx, foot - 42)
    mouth(s, cx, foot - 86, 66, PORCELAIN)
    lathe(s, cx, [(10, foot - 118), (32, foot - 111), (52, foot - 100), (58, foot - 88)], PORCELAIN)
    s.path(f"M{cx - 53} {foot - 98}a53 9 0 0 0 106 0", stroke=INDIGO, stroke_width=2)
    lathe(s, cx, [(13, foot - 128), (11, foot - 122), (9, foot - 115)], PORCELAIN)
    s.ellipse(cx, foot - 128, 13, 3.4, s.top_fill(PORCELAIN))
    gleam(s, [(cx - 44, foot - 72), (cx - 36, foot - 44), (cx - 24, foot - 26)], 5, 0.9)


def _vine(s: Scene, cx: float, y: float) -> None:
    s.line([(cx - 46, y - 2), (cx - 24, y + 8), (cx, y), (cx + 24, y + 10), (cx + 46, y)], INDIGO, 2)
    for shift, turn in ((-34, -60), (-16, 50), (8, -50), (28, 60)):
        leaf(s, cx + shift, y + 4, 15, turn, INDIGO, 0.36)
    for step in range(5):
        a = step * 2 * pi / 5
        s.ellipse(cx - 2 + cos(a) * 6, y - 6 + sin(a) * 6, 4.4, 4.4, lit(INDIGO, 0.22))
    s.ellipse(cx - 2, y - 6, 3, 3, PORCELAIN)


def _cup(s: Scene, cx: float, foot: float, r: float) -> None:
    shadow(s, cx, foot, r * 0.6, 5)
    lathe(s, cx, [(r, foot - 29), (r * 0.92, foot - 17), (r * 0.6, foot - 5), (r * 0.5, foot)], PORCELAIN)
    mouth(s, cx, foot - 29, r, PORCELAIN, "#b98a3e")
    s.path(f"M{cx - r * 0.96} {foot - 21}a{r * 0.96} 4 0 0 0 {r * 1.92} 0", stroke=INDIGO, stroke_width=1.6)


def wine_jar(s: Scene) -> None:
    """A jar of yellow rice wine under red cloth, two bowls before it."""
    cx = 182
    shadow(s, cx, FLOOR, 70)
    clay = "#8a5a3c"
    profile = [(44, 150), (50, 160), (80, 186), (88, 222), (80, 268), (60, 306), (56, FLOOR)]
    lathe(s, cx, profile, clay)
    s.path(f"M{cx - 86} 206q86 26 172 0", stroke=dim(clay, 0.3), stroke_width=2, opacity=0.6)
    gleam(s, [(cx - 62, 196), (cx - 68, 226), (cx - 62, 262)], 7, 0.28)
    with s.turned(45, cx, 238):
        s.rect(-34, -34, 68, 68, s.face_fill(CINNABAR), 3)
        s.rect(-28, -28, 56, 56, "none", 2, stroke=GOLD, stroke_width=1.6)
    seal(s, cx - 15, 223, 30, GOLD)
    cloth = [(cx - 50, 116), (cx, 108), (cx + 50, 116), (cx + 54, 140), (cx + 70, 176), (cx + 42, 170), (cx + 22, 184)]
    cloth += [(cx, 172), (cx - 24, 185), (cx - 42, 170), (cx - 70, 175), (cx - 54, 140)]
    s.path("M" + "L".join(f"{x} {y}" for x, y in cloth) + "Z", s.turned_fill(CINNABAR), stroke_linejoin="round")
    s.ellipse(cx, 115, 50, 10, s.top_fill(CINNABAR))
    for shift in (-38, -18, 4, 26, 42):
        s.line([(cx + shift * 0.9, 142), (cx + shift * 1.15, 168)], dim(CINNABAR, 0.35), 2, opacity=0.5)
    s.path(f"M{cx - 54} 138a54 10 0 0 0 108 0", stroke=GOLD, stroke_width=5)
    s.path(
        f"M{cx - 54} 138a54 10 0 0 0 108 0", stroke=dim(GOLD, 0.3), stroke_width=5, stroke_dasharray="2 5", opacity=0.5
    )
    for x, y in ((282, FLOOR + 2), (318, FLOOR - 20)):
        shadow(s, x, y, 18, 6)
        lathe(s, x, [(31, y - 26), (27, y - 12), (14, y - 3), (13, y)], "#58402f")
        mouth(s, x, y - 26, 31, "#6d5140", "#c98a35")
