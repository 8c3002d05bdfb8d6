"""What is eaten and drunk."""

from __future__ import annotations

from math import cos, pi, sin

from giftshop.demo.pictures.canvas import (
    AMBER,
    CINNABAR,
    FLOOR,
    GOLD,
    INK,
    LEAF,
    PAPER,
    PORCELAIN,
    TILT,
    WALNUT,
    WOOD,
    Scene,
    dim,
    lit,
    n,
)
from giftshop.demo.pictures.solids import (
    ball,
    band,
    cylinder,
    gleam,
    lathe,
    leaf,
    mouth,
    scattered,
    shadow,
    sprig,
    steam,
)


def nut_box(s: Scene) -> None:
    """A lacquer box of nuts in five parts, its lid leaning behind."""
    main = s.palette.main
    shadow(s, 230, FLOOR - 40, 96, 14)
    s.ellipse(250, 196, 96, 96, dim(main, 0.32))
    s.ellipse(244, 194, 96, 96, s.ball_fill(main))
    for r, width in ((84, 2.0), (40, 2.0)):
        s.ellipse(244, 194, r, r, "none", stroke=GOLD, stroke_width=width)
    for step in range(8):
        a = step * pi / 4
        leaf(s, 244 + cos(a) * 12, 194 + sin(a) * 12, 56, step * 45, GOLD, 0.2)
    cx, top = 186, FLOOR - 34
    shadow(s, cx, FLOOR + 12, 116, 22)
    lathe(s, cx, [(122, top), (122, FLOOR - 4), (112, FLOOR + 12)], main)
    s.path(f"M{cx - 121} {FLOOR - 16}a121 26 0 0 0 242 0", stroke=GOLD, stroke_width=2.5)
    tilt = 0.36
    s.ellipse(cx, top, 122, 122 * tilt, s.top_fill(main))
    s.ellipse(cx, top + 2, 113, 113 * tilt, dim(main, 0.45))
    nuts = ["#b98a55", "#a23b34", "#cbb27e", "#7d5636", "#8ca05c"]
    for part, colour in enumerate(nuts):
        _fill(s, cx, top, tilt, part, colour)
    for step in range(5):
        a = step * 2 * pi / 5 - pi / 2
        edge = [(cx + cos(a) * 26, top + sin(a) * 26 * tilt), (cx + cos(a) * 112, top + sin(a) * 112 * tilt)]
        s.line(edge, lit(main, 0.2), 4)
    s.ellipse(cx, top - 2, 27, 27 * tilt, s.top_fill(lit(main, 0.1)))
    for x, y, turn in scattered(3, 9):
        s.ellipse(
            cx + (x - 0.5) * 36, top - 4 + (y - 0.5) * 11, 6, 4.4, s.ball_fill(CINNABAR), opacity=0.7 + turn * 0.3
        )


def _fill(s: Scene, cx: float, cy: float, tilt: float, part: int, colour: str) -> None:
    low, high = part * 72 - 90 + 6, part * 72 - 90 + 66
    heap = []
    for x, y, turn in scattered(part + 20, 40):
        a = (low + (high - low) * x) * pi / 180
        r = 38 + (104 - 38) * y**0.6
        heap.append((cy + sin(a) * r * tilt - 3, cx + cos(a) * r, turn))
    for y, x, turn in sorted(heap):
        shade = s.ball_fill(mixed_nut(colour, round(turn, 1)))
        s.ellipse(x, y, 8.4, 5.2, shade, transform=f"rotate({n(turn * 180)} {n(x)} {n(y)})")


def mixed_nut(colour: str, turn: float) -> str:
    """Return one nut's shade of its kind's colour."""
    return lit(colour, (turn - 0.4) * 0.35) if turn > 0.4 else dim(colour, (0.4 - turn) * 0.5)


def honey_jars(s: Scene) -> None:
    """Two jars of honey and a dipper."""
    _jar(s, 244, 170, FLOOR - 18, 48, lit(AMBER, 0.24), s.palette.second)
    _jar(s, 156, 142, FLOOR, 62, AMBER, s.palette.main)
    shadow(s, 276, FLOOR + 18, 40, 7)
    with s.turned(-14, 238, FLOOR + 16, 0.9):
        s.rect(20, -4, 92, 7, s.gradient([(0, lit(WOOD, 0.35), 1), (1, dim(WOOD, 0.2), 1)], (0, 0, 0, 1)), 3.5)
        for step, r in enumerate((10, 13, 14, 13, 10)):
            s.rect(
                -22 + step * 9,
                -r - 0.5,
                7,
                2 * r,
                s.gradient([(0, lit(WOOD, 0.4), 1), (0.5, AMBER, 1), (1, dim(WOOD, 0.3), 1)], (0, 0, 0, 1)),
                3.5,
            )


def _jar(s: Scene, cx: float, top: float, foot: float, r: float, honey: str, cloth: str) -> None:
    shadow(s, cx, foot, r)
    glow = s.radial([(0, lit(honey, 0.5), 0.7), (1, lit(honey, 0.5), 0)])
    s.ellipse(cx + r * 1.15, foot + 4, r * 0.9, r * 0.22, glow)
    body = [(r * 0.78, top + 28), (r * 0.98, top + 46), (r, top + 70), (r, foot - 14), (r * 0.9, foot)]
    clear = [(0, dim(honey, 0.18), 1.0), (0.18, lit(honey, 0.25), 1.0), (0.5, honey, 1.0), (0.8, lit(honey, 0.22), 1.0)]
    lathe(s, cx, body, honey, s.gradient([*clear, (1, dim(honey, 0.25), 1)]))
    s.ellipse(cx, top + 54, r * 0.9, r * 0.14, lit(honey, 0.45), opacity=0.6)
    band(s, cx, top + 84, foot - 28, r, PAPER)
    _comb(s, cx - r * 0.12, (top + 84 + foot - 28) / 2 + r * TILT, r * 0.17, honey)
    skirt = f"M{n(cx - r * 0.8)} {n(top + 10)}Q{n(cx - r * 0.9)} {n(top + 26)} {n(cx - r * 1.04)} {n(top + 42)}"
    waves = "".join(f"q{n(r * 0.13)} {n(8 if step % 2 else 13)} {n(r * 0.26)} 0" for step in range(8))
    s.path(f"{skirt}{waves}Q{n(cx + r * 0.9)} {n(top + 26)} {n(cx + r * 0.8)} {n(top + 10)}Z", s.turned_fill(cloth))
    s.ellipse(cx, top + 8, r * 0.8, r * 0.8 * TILT, s.top_fill(cloth))
    s.path(
        f"M{n(cx - r * 0.86)} {n(top + 24)}a{n(r * 0.86)} {n(r * 0.15)} 0 0 0 {n(r * 1.72)} 0",
        stroke=GOLD,
        stroke_width=3,
    )
    gleam(s, [(cx - r * 0.76, top + 64), (cx - r * 0.78, foot - 20)], 5, 0.6)


def _comb(s: Scene, cx: float, cy: float, r: float, colour: str) -> None:
    for dx, dy in ((0, 0), (1.74, 0), (0.87, 1.5), (-0.87, 1.5), (0.87, -1.5)):
        x, y = cx + dx * r, cy + dy * r
        corners = [(x + cos(pi / 6 + k * pi / 3) * r * 0.88, y + sin(pi / 6 + k * pi / 3) * r * 0.88) for k in range(6)]
        s.polygon(corners, colour if dy <= 0 else "none", stroke=dim(colour, 0.15), stroke_width=1.6)


def olive_oil(s: Scene) -> None:
    """Two bottles of olive oil and a dish."""
    _bottle(s, 232, 96, FLOOR - 16, 34, "#4c5a2e")
    _bottle(s, 162, 74, FLOOR, 40, "#39482a")
    x, y = 290, FLOOR + 12
    shadow(s, x, y, 38, 9)
    lathe(s, x, [(46, y - 16), (38, y - 6), (22, y)], PORCELAIN)
    mouth(s, x, y - 16, 46, PORCELAIN, "#c9b04a", 0.86)
    for dx, dy, colour in ((-14, -15, "#6f7f3a"), (4, -13, "#4d5a2c"), (-4, -20, "#87934a")):
        ball(s, x + dx, y + dy, 8, colour, 6.4)
    sprig(s, 226, FLOOR + 22, -8, 4, 20, "#6f8256")


def _bottle(s: Scene, cx: float, top: float, foot: float, r: float, glass: str) -> None:
    shadow(s, cx, foot, r)
    profile = [
        (10, top + 26),
        (10.5, top + 56),
        (16, top + 76),
        (r * 0.9, top + 104),
        (r, top + 124),
        (r, foot - 40),
        (r, foot - 12),
        (r * 0.98, foot - 4),
        (r * 0.93, foot),
    ]
    lathe(s, cx, profile, glass)
    cylinder(s, cx, top, top + 32, 11.5, GOLD)
    band(s, cx, top + 29, top + 33, 11.5, dim(GOLD, 0.3))
    band(s, cx, top + 142, foot - 26, r, PAPER)
    middle = (top + 142 + foot - 26) / 2
    sprig(s, cx - r * 0.45, middle + 12, -58, 3, r * 0.42, "#6f8256")
    s.ellipse(cx + r * 0.28, middle + 18, r * 0.2, r * 0.26, s.ball_fill("#6f7f3a"))
    gleam(s, [(cx - r * 0.66, top + 118), (cx - r * 0.68, foot - 14)], 4.5, 0.5)
    gleam(s, [(cx - 5, top + 42), (cx - 6, top + 66), (cx - 15, top + 90)], 3, 0.4)


def fruit_box(s: Scene) -> None:
    """A crate of oranges, apples and grapes."""
    x, y, w, h = 82, 244, 236, 78
    shadow(s, 200, FLOOR, 124, 16)
    s.polygon([(x, y), (x + 18, y - 26), (x + w - 18, y - 26), (x + w, y)], dim(WOOD, 0.35))
    fruit = [(126, 212, 30, "#e08a2c"), (178, 200, 33, "#c2402f"), (236, 204, 32, "#e08a2c"), (284, 216, 28, "#8fae4a")]
    fruit += [
        (146, 232, 30, "#cf5136"),
        (206, 232, 32, "#e79a3a"),
        (262, 236, 29, "#c2402f"),
        (106, 240, 24, "#e79a3a"),
    ]
    for cx, cy, r, colour in fruit:
        _fruit(s, cx, cy, r, colour)
    for row in range(4):
        for step in range(5 - row):
            ball(
                s,
                252 + step * 15 + row * 7.5,
                168 + row * 14 + (step % 2) * 3,
                9.5,
                "#6b3f66" if (row + step) % 3 else "#83567c",
            )
    s.path("M284 162q4 -16 -2 -26", stroke=WALNUT, stroke_width=3.5, stroke_linecap="round")
    leaf(s, 283, 146, 34, -24, LEAF, 0.4)
    for step in range(3):
        s.rect(x, y + step * 27, w, 24, s.face_fill(lit(WOOD, 0.2 - step * 0.05)), 3)
        s.path(f"M{x + 12} {y + 9 + step * 27}q60 5 110 0t100 2", stroke=dim(WOOD, 0.25), stroke_width=1, opacity=0.5)
    for px in (x + 8, x + w - 22):
        s.rect(px, y - 2, 14, h + 2, s.face_fill(dim(WOOD, 0.1)), 2)
    s.rect(168, y + 16, 64, 44, s.face_fill(PAPER), 4)
    s.ellipse(196, y + 40, 11, 11, s.ball_fill("#e08a2c"))
    leaf(s, 199, y + 30, 15, -30, LEAF, 0.4)
    _fruit(s, 338, FLOOR + 4, 22, "#e79a3a")


def _fruit(s: Scene, cx: float, cy: float, r: float, colour: str) -> None:
    if cy > FLOOR - r:
        shadow(s, cx, cy + r - 2, r * 0.7, 6)
    ball(s, cx, cy, r, colour)
    s.ellipse(cx + r * 0.12, cy - r * 0.72, r * 0.16, r * 0.09, dim(colour, 0.45), opacity=0.7)
    s.ellipse(
        cx - r * 0.4,
        cy - r * 0.4,
        r * 0.2,
        r * 0.13,
        "#ffffff",
        opacity=0.35,
        transform=f"rotate(-35 {n(cx - r * 0.4)} {n(cy - r * 0.4)})",
    )


def mug_pair(s: Scene) -> None:
    """Two mugs of bone china."""
    _mug(s, 252, FLOOR - 20, 48, 92, s.palette.main, -1)
    _mug(s, 158, FLOOR, 56, 108, PORCELAIN, 1)
    steam(s, 160, FLOOR - 122, 1)


def _mug(s: Scene, cx: float, foot: float, r: float, tall: float, colour: str, side: int) -> None:
    shadow(s, cx, foot, r)
    x = cx + (r - 4) * -side
    bulge = 34 * -side
    out = n(bulge * 1.15)
    handle = f"M{n(x)} {n(foot - tall * 0.8)}c{out} -2 {out} {n(tall * 0.58)} {n(bulge * 0.05)} {n(tall * 0.56)}"
    s.path(handle, stroke=dim(colour, 0.2 if side < 0 else 0.1), stroke_width=11, stroke_linecap="round")
    s.path(handle, stroke=lit(colour, 0.12), stroke_width=6, stroke_linecap="round")
    profile = [
        (r, foot - tall),
        (r * 0.99, foot - tall * 0.6),
        (r * 0.94, foot - tall * 0.2),
        (r * 0.78, foot - 3),
        (r * 0.72, foot),
    ]
    lathe(s, cx, profile, colour)
    _blossom(s, cx - 6, foot - tall * 0.42, r, s.palette.main if colour == PORCELAIN else lit(GOLD, 0.2))
    mouth(s, cx, foot - tall, r, colour, "#7a4a2a" if colour == PORCELAIN else PORCELAIN, 0.93)
    s.ellipse(cx, foot - tall, r - 0.8, (r - 0.8) * TILT, "none", stroke=GOLD, stroke_width=2.2)
    gleam(s, [(cx - r * 0.7, foot - tall * 0.82), (cx - r * 0.66, foot - tall * 0.3)], 5, 0.75)


def _blossom(s: Scene, cx: float, cy: float, r: float, colour: str) -> None:
    s.line(
        [(cx - r * 0.6, cy + r * 0.5), (cx - r * 0.1, cy + r * 0.16), (cx + r * 0.5, cy - r * 0.36)],
        dim(colour, 0.25),
        2.2,
    )
    for at, size in ((-0.08, 1.0), (0.3, 0.75), (-0.45, 0.6)):
        x, y = cx + at * r, cy + r * (0.12 - at * 0.5)
        for step in range(5):
            a = step * 2 * pi / 5 - pi / 2
            s.ellipse(x + cos(a) * 6.4 * size, y + sin(a) * 6.4 * size, 5 * size, 5 * size, colour)
        s.ellipse(x, y, 2.6 * size, 2.6 * size, GOLD if colour != GOLD else INK)
