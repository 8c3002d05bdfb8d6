"""Mooncakes, and gifts wrapped up."""

from __future__ import annotations

from math import cos, pi, sin

from giftshop.demo.pictures.canvas import FLOOR, GOLD, LEAF, PAPER, PORCELAIN, TILT, WARM, Scene, dim, lit, n
from giftshop.demo.pictures.solids import bow, box, cylinder, leaf, shadow, sprig


def mooncake_box(s: Scene) -> None:
    """A box of mooncakes, two of them before it."""
    main = s.palette.main
    shadow(s, 200, FLOOR - 14, 118, 15)
    box(s, 84, 196, 232, FLOOR - 14 - 196, 34, main)
    s.ellipse(200, 252, 46, 46, s.ball_fill(lit(GOLD, 0.35)))
    s.path("M154 266q20 -12 42 -2t50 -4q-4 30 -46 38q-36 -4 -46 -32z", dim(main, 0.1), opacity=0.75)
    for y in (206, 298):
        s.path(f"M94 {y}h212", stroke=GOLD, stroke_width=1.8)
    s.rect(84, 190, 232, 7, s.face_fill(GOLD), 1.5)
    cakes(s, ((150, FLOOR + 24, 38), (236, FLOOR + 28, 38)))


def cakes(s: Scene, places: tuple[tuple[float, float, float], ...]) -> None:
    """Draw mooncakes lying at (x, foot) with a radius each."""
    crust = "#b9742f"
    for cx, foot, r in places:
        shadow(s, cx, foot, r, 9)
        top = foot - r * 0.62
        cylinder(s, cx, top, foot, r, crust)
        for step in range(-3, 4):
            x = cx + sin(step * 0.42) * r
            s.line(
                [(x, top + r * TILT + 2), (x, foot + cos(step * 0.42) * r * TILT - 2)],
                dim(crust, 0.34),
                2.2,
                opacity=0.6,
            )
        tilt = 0.36
        rim = [
            (
                cx + cos(k * pi / 10) * r * (1.02 if k % 2 else 0.94),
                top + sin(k * pi / 10) * r * tilt * (1.02 if k % 2 else 0.94),
            )
            for k in range(20)
        ]
        s.polygon(rim, s.top_fill(crust), stroke=s.top_fill(crust), stroke_width=5, stroke_linejoin="round")
        s.ellipse(cx, top, r * 0.78, r * 0.78 * tilt, "none", stroke=dim(crust, 0.3), stroke_width=2)
        for step in range(8):
            a = step * pi / 4
            s.ellipse(
                cx + cos(a) * r * 0.46,
                top + sin(a) * r * 0.46 * tilt,
                r * 0.15,
                r * 0.15 * tilt * 1.5,
                dim(crust, 0.24),
            )
        s.ellipse(cx, top, r * 0.2, r * 0.2 * tilt * 1.3, dim(crust, 0.3))


def mooncake_chest(s: Scene) -> None:
    """A two-drawer lacquer chest of mooncakes with a moon on its door and a tassel."""
    main = s.palette.main
    x, w, top, foot = 92, 196, 118, FLOOR - 6
    shadow(s, x + w / 2, foot, w * 0.54, 15)
    box(s, x, top, w, foot - top, 28, main)
    s.rect(x + 8, top + 9, w - 16, 98, "none", 3, stroke=GOLD, stroke_width=2)
    s.ellipse(x + w / 2 + 26, top + 56, 37, 37, s.ball_fill(lit(GOLD, 0.4)))
    s.path(f"M{x + 12} {top + 98}q26 -30 54 -8q24 -26 52 -2q30 -18 62 8", stroke=lit(GOLD, 0.15), stroke_width=2.4)
    for at in (34, 52, 74):
        s.path(
            f"M{x + at - 14} {top + 46 + at * 0.18}h{30 - at * 0.1}",
            stroke=lit(GOLD, 0.3),
            stroke_width=3,
            stroke_linecap="round",
        )
    drawer = foot - 66
    s.rect(x - 5, drawer - 4, w + 10, 70, dim(main, 0.5), 3)
    s.polygon(
        [(x - 14, drawer + 18), (x + 4, drawer - 4), (x + w - 4, drawer - 4), (x + w + 14, drawer + 18)],
        dim(PAPER, 0.12),
    )
    cakes(
        s,
        ((x + 30, drawer + 22, 25), (x + 81, drawer + 22, 25), (x + 132, drawer + 22, 25), (x + 178, drawer + 22, 21)),
    )
    s.rect(x - 14, drawer + 18, w + 28, 54, s.face_fill(lit(main, 0.06)), 2)
    s.rect(x - 7, drawer + 25, w + 14, 40, "none", 2, stroke=GOLD, stroke_width=1.8)
    kx, ky = x + w / 2, drawer + 44
    s.ellipse(kx, ky, 7, 7, s.ball_fill(GOLD))
    s.path(f"M{kx} {ky + 4}v14", stroke=GOLD, stroke_width=2.5)
    s.path(f"M{n(kx - 5)} {ky + 18}h10l4 36h-18z", s.turned_fill(GOLD))
    cakes(s, ((330, FLOOR + 18, 30),))


def gift_book(s: Scene) -> None:
    """A gift book in its slip, tied with a ribbon."""
    main, second = s.palette.main, s.palette.second
    shadow(s, 200, FLOOR, 104, 15)
    s.polygon([(292, 100), (316, 112), (316, FLOOR - 12), (292, FLOOR)], s.face_fill(lit(PAPER, 0.2)))
    for step in range(1, 6):
        s.path(f"M{292 + step * 4} {100 + step * 2}V{FLOOR - step * 2}", stroke=dim(PAPER, 0.3), stroke_width=0.8)
    s.polygon([(312, 108), (318, 113), (318, FLOOR - 13), (312, FLOOR - 9)], dim(main, 0.35))
    s.rect(100, 100, 194, FLOOR - 100, s.face_fill(main), 5)
    s.rect(100, 100, 16, FLOOR - 100, dim(main, 0.18), 4)
    s.rect(132, 118, 146, FLOOR - 136, "none", 3, stroke=GOLD, stroke_width=2)
    s.ellipse(205, 178, 40, 40, s.ball_fill(lit(GOLD, 0.4)))
    sprig(s, 168, 214, -50, 4, 22, dim(main, 0.35))
    for y, w in ((252, 74), (268, 46)):
        s.path(f"M{205 - w / 2} {y}h{w}", stroke=lit(GOLD, 0.2), stroke_width=3.500, stroke_linecap="round")
    ribbon = second if second != GOLD else lit(GOLD, 0.2)
    s.rect(100, 228, 216, 13, s.face_fill(ribbon), 1)
    bow(s, 250, 234, 30, ribbon)
    sprig(s, 300, FLOOR + 22, 188, 4, 20, LEAF)
    s.path("M112 112L112 306", stroke=WARM, stroke_width=3, opacity=0.25)


def gift_set(s: Scene) -> None:
    """A wrapped box and a bag: a set of gifts."""
    main, second = s.palette.main, s.palette.second
    shadow(s, 262, FLOOR - 18, 68, 12)
    s.path("M236 152q0 -38 26 -38t26 38", stroke=GOLD, stroke_width=3.500)
    s.rect(196, 150, 132, FLOOR - 18 - 150, s.face_fill(lit(main, 0.12)), 2)
    s.polygon([(196, 150), (206, 142), (318, 142), (328, 150)], dim(main, 0.35))
    s.polygon([(300, 150), (328, 150), (328, FLOOR - 18), (312, FLOOR - 18)], dim(main, 0.2), opacity=0.6)
    s.ellipse(252, 206, 30, 30, "none", stroke=GOLD, stroke_width=2.5)
    leaf(s, 247, 222, 32, -66, GOLD, 0.36)
    shadow(s, 146, FLOOR, 82, 14)
    box(s, 70, 226, 152, FLOOR - 226, 30, PAPER)
    s.rect(64, 222, 164, 22, s.face_fill(lit(PAPER, 0.25)), 2)
    s.polygon([(64, 222), (84, 190), (208, 190), (228, 222)], s.top_fill(PAPER))
    ribbon = main if second == PORCELAIN else second
    s.rect(136, 222, 22, FLOOR - 222, s.face_fill(ribbon))
    s.polygon([(136, 222), (138, 190), (156, 190), (158, 222)], s.top_fill(ribbon))
    s.polygon([(70, 210), (78, 200), (216, 200), (222, 210)], s.top_fill(ribbon))
    bow(s, 147, 200, 36, ribbon)


def open_box(s: Scene) -> None:
    """An open box with nothing in it, its lid beside it and the ribbon undone: for pages with nothing to show."""
    ribbon = s.palette.main
    shadow(s, 178, FLOOR, 100, 15)
    s.polygon(
        [(84, 222), (112, 176), (254, 176), (282, 222)],
        s.gradient([(0, dim(PAPER, 0.42), 1), (1, dim(PAPER, 0.16), 1)]),
    )
    s.polygon([(84, 222), (112, 176), (118, 183), (98, 222)], lit(PAPER, 0.3))
    s.polygon([(282, 222), (254, 176), (248, 183), (268, 222)], dim(PAPER, 0.1))
    s.polygon([(112, 176), (254, 176), (248, 183), (118, 183)], lit(PAPER, 0.15))
    for x, y, turn in ((122, 214, -40), (152, 204, -76), (186, 208, -98), (220, 204, -60), (246, 214, -120)):
        leaf(s, x, y + 10, 34, turn, lit(s.palette.wall, 0.5), 0.5)
    s.rect(84, 221, 198, FLOOR - 221, s.face_fill(PAPER), 1.5)
    s.rect(172, 221, 24, FLOOR - 221, s.face_fill(ribbon))
    for colour, width in ((dim(ribbon, 0.15), 8), (lit(ribbon, 0.2), 3)):
        s.path(
            "M96 344C122 326 140 362 168 346S214 334 236 350S262 356 270 344",
            stroke=colour,
            stroke_width=width,
            stroke_linecap="round",
        )
    shadow(s, 322, FLOOR + 6, 34, 9)
    with s.turned(16, 314, 268):
        s.rect(-16, -66, 32, 124, s.face_fill(lit(PAPER, 0.2)), 2)
        s.rect(-16, -16, 32, 24, s.face_fill(ribbon))
        s.polygon([(-16, -66), (-25, -58), (-25, 50), (-16, 58)], dim(PAPER, 0.2))
        s.polygon([(-16, -16), (-25, -12), (-25, 6), (-16, 8)], dim(ribbon, 0.25))
