"""What is worn and lived with."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin

from giftshop.demo.pictures.canvas import FLOOR, GOLD, PORCELAIN, STEEL, TILT, WALNUT, WARM, WOOD, Scene, dim, lit, n
from giftshop.demo.pictures.solids import band, bow, cylinder, gleam, lathe, leaf, mouth, shadow, steam


def silk_scarf(s: Scene) -> None:
    """A silk scarf over a rail."""
    main = s.palette.main
    shadow(s, 108, FLOOR, 24, 6)
    shadow(s, 292, FLOOR, 24, 6)
    for x in (108, 292):
        s.rect(x - 3.5, 86, 7, FLOOR - 86, s.turned_fill(WOOD), 3)
        cylinder(s, x, FLOOR - 5, FLOOR, 24, WOOD)
    s.path("M176 92h92v148q-10 8 -22 2t-24 2t-24 -2t-22 2z", s.turned_fill(dim(main, 0.28)))
    front = "M136 88C150 80 196 80 232 88L246 292q-14 12 -28 2t-30 4t-30 -4t-30 4z"
    s.path(front, _folds(s, main))
    s.path("M127 254l116 0l2 14h-119z", lit(s.palette.second, 0.1), opacity=0.85)
    s.path("M126 278l119 0l1 6h-121z", lit(s.palette.second, 0.1), opacity=0.85)
    for cx, cy, size in ((168, 132, 22), (208, 178, 27), (160, 216, 20)):
        _ginkgo(s, cx, cy, size, lit(s.palette.second, 0.08))
    s.path(front, _folds(s, main, 0.32))
    s.rect(98, 80, 204, 9, s.gradient([(0, lit(WOOD, 0.4), 1), (1, dim(WOOD, 0.2), 1)], (0, 0, 0, 1)), 4.5)
    s.path("M136 92C140 76 150 74 184 74S228 78 234 92C210 84 160 84 136 92z", s.turned_fill(lit(main, 0.16)))


def _folds(s: Scene, colour: str, strength: float = 1) -> str:
    stops = []
    for step in range(9):
        shade = lit(colour, 0.3) if step % 2 else dim(colour, 0.14 + 0.02 * step)
        stops.append((step / 8, shade, strength))
    return s.gradient(stops)


def _ginkgo(s: Scene, cx: float, cy: float, size: float, colour: str) -> None:
    with s.turned(-24 + size, cx, cy, size / 20):
        s.path(
            "M0 16C-4 2 -20 2 -22 -8C-14 -16 -6 -17 -1 -12L0 -6L2 -12C8 -18 16 -15 22 -8C20 2 4 2 0 16Z",
            colour,
            opacity=0.92,
        )
        s.path("M0 14V28", stroke=colour, stroke_width=2.4, stroke_linecap="round")
        for x in (-14, -7, 7, 14):
            s.path(f"M0 12Q{x * 0.4} 0 {x} -9", stroke=s.palette.main, stroke_width=0.9, opacity=0.5)


def thermos(s: Scene) -> None:
    """A thermos flask, its cup beside it."""
    main, cx = s.palette.main, 174
    shadow(s, cx, FLOOR, 50)
    cylinder(s, cx, 150, FLOOR, 50, main)
    band(s, cx, FLOOR - 8, FLOOR, 50, STEEL)
    lathe(s, cx, [(38, 132), (43, 138), (50, 151)], STEEL)
    s.ellipse(cx, 151, 50, 50 * TILT * 0.9, "none", stroke=lit(STEEL, 0.3), stroke_width=1.5)
    cylinder(s, cx, 80, 132, 38, dim(main, 0.2), main)
    for step in range(-4, 5):
        x = cx + sin(step * 0.33) * 38
        s.line([(x, 92 + cos(step * 0.33) * 6), (x, 126 + cos(step * 0.33) * 6)], dim(main, 0.45), 1.6, opacity=0.5)
    s.path("M206 92C246 96 246 150 212 160", stroke=dim(WALNUT, 0.1), stroke_width=9, stroke_linecap="round")
    s.path("M206 92C246 96 246 150 212 160", stroke=lit(WALNUT, 0.2), stroke_width=5, stroke_linecap="round")
    gleam(s, [(cx - 32, 172), (cx - 32, FLOOR - 28)], 7, 0.34)
    with s.turned(0, cx - 4, 244, 1.1):
        s.ellipse(0, 0, 17, 17, "none", stroke=lit(s.palette.second, 0.2), stroke_width=2)
        leaf(s, -2, 9, 20, -62, lit(s.palette.second, 0.2), 0.36)
    x, y = 278, FLOOR + 6
    shadow(s, x, y, 32)
    lathe(s, x, [(35, y - 52), (33, y - 16), (28, y)], main)
    mouth(s, x, y - 52, 35, STEEL, "#8d6b3d", 0.88)
    band(s, x, y - 10, y - 6, 31, STEEL)
    steam(s, x, y - 62, 0.9)


def towels(s: Scene) -> None:
    """Folded towels tied with a ribbon, one rolled before them."""
    main, second = s.palette.main, s.palette.second
    shadow(s, 188, FLOOR - 6, 106, 15)
    layers = ((82, 266, 214, 52, main), (88, 216, 202, 50, PORCELAIN), (94, 168, 190, 48, lit(main, 0.45)))
    for x, y, w, h, colour in layers:
        s.rect(x, y, w, h, s.face_fill(colour), 20)
        s.path(
            f"M{x + 14} {y + h / 2 + 1}H{x + w - 8}",
            stroke=dim(colour, 0.28),
            stroke_width=3,
            stroke_linecap="round",
            opacity=0.75,
        )
        for at in (0.22, 0.72):
            s.path(
                f"M{x + w - 62} {n(y + h * at)}h46",
                stroke=lit(s.palette.second if colour != PORCELAIN else main, 0.1),
                stroke_width=3.2,
                opacity=0.8,
            )
        s.path(f"M{x + 18} {y + 6}H{x + w - 24}", stroke=WARM, stroke_width=5, stroke_linecap="round", opacity=0.4)
    s.rect(150, 167, 17, 152, s.face_fill(GOLD if second == GOLD else lit(GOLD, 0.15)), 2)
    bow(s, 158, 168, 27, GOLD)
    cx, cy = 306, FLOOR - 4
    shadow(s, cx, cy + 31, 34, 8)
    s.rect(
        cx - 44,
        cy - 34,
        66,
        66,
        s.gradient([(0, lit(main, 0.55), 1), (0.5, lit(main, 0.2), 1), (1, dim(main, 0.2), 1)], (0, 0, 0, 1)),
        20,
    )
    s.ellipse(cx + 20, cy - 1, 24, 33, s.ball_fill(lit(main, 0.3)))
    spiral = [(cx + 20 + cos(k * 0.7) * (22 - k * 0.9), cy - 1 + sin(k * 0.7) * (31 - k * 1.25)) for k in range(23)]
    s.line(spiral, dim(main, 0.2), 2.6, opacity=0.75)


def umbrella(s: Scene) -> None:
    """An open umbrella resting on the table."""
    main = s.palette.main
    shadow(s, 216, FLOOR + 6, 120, 14)
    with s.turned(-20, 196, 224):
        s.path("M0 -20V112q0 18 16 18t16 -18", stroke=dim(WALNUT, 0.2), stroke_width=9, stroke_linecap="round")
        s.path("M-1 -20V112", stroke=lit(WALNUT, 0.25), stroke_width=3.500)
        inner = "M-142 6Q0 -52 142 6Q70 34 0 30T-142 6Z"
        s.path(inner, dim(main, 0.5))
        for x in (-96, -48, 0, 48, 96):
            s.path(f"M0 -20L{x * 1.3} {14 + (1 - abs(x) / 96) * 13}", stroke=STEEL, stroke_width=1.4, opacity=0.7)
        edges = [-142, -98, -50, 0, 50, 98, 142]
        for step, (left, right) in enumerate(pairwise(edges)):
            low = 6 - (1 - abs((left + right) / 2) / 142) * 22
            shade = (0.34, 0.16, 0.26, 0.0, -0.1, -0.28)[step]
            colour = lit(main, shade) if shade >= 0 else dim(main, -shade)
            ly, ry = (6 + (1 - (abs(v) / 142) ** 2) * -6 for v in (left, right))
            gore = f"M0 -104Q{n(left * 0.72)} -88 {left} {n(ly)}Q{n((left + right) / 2)} {n(low - 6)} {right} {n(ry)}"
            s.path(f"{gore}Q{n(right * 0.72)} -88 0 -104Z", colour)
        for left in edges[1:-1]:
            s.path(
                f"M0 -104Q{n(left * 0.72)} -88 {left} {n(6 - (1 - (abs(left) / 142) ** 2) * 6)}",
                stroke=dim(main, 0.3),
                stroke_width=1.2,
                opacity=0.6,
            )
        _branch(s, lit(s.palette.second, 0.15))
        s.path("M0 -102V-120", stroke=GOLD, stroke_width=5, stroke_linecap="round")


def _branch(s: Scene, colour: str) -> None:
    s.path("M-92 -20Q-40 -34 -8 -68", stroke=colour, stroke_width=2.6, stroke_linecap="round")
    for x, y, r in ((-66, -34, 8), (-34, -38, 10), (-30, -56, 7), (-10, -52, 8)):
        for step in range(5):
            a = step * 2 * pi / 5
            s.ellipse(x + cos(a) * r * 0.62, y + sin(a) * r * 0.62, r * 0.48, r * 0.48, colour)
