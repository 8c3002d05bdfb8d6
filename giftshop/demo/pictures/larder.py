"""More of what is eaten: sacks, baskets, boxes, jars."""

from __future__ import annotations

from math import cos, sin

from giftshop.demo.pictures.canvas import (
    CINNABAR,
    FLOOR,
    GOLD,
    LEAF,
    PAPER,
    PORCELAIN,
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
    bow,
    box,
    crate,
    cylinder,
    dish,
    glass_front,
    glass_jar,
    gleam,
    heap,
    lathe,
    leaf,
    scattered,
    seal,
    shadow,
    sprig,
)

CHOCOLATE = "#5a3526"
STRAW = "#c79d5d"


def rice_bag(s: Scene) -> None:
    """A cloth sack of rice, a bowl of grains before it."""
    cloth, cx = PAPER, 172
    shadow(s, cx, FLOOR, 84)
    ears = f"M{cx - 54} 132C{cx - 74} 96 {cx - 22} 88 {cx} 104C{cx + 22} 88 {cx + 74} 96 {cx + 54} 132Z"
    s.path(ears, s.turned_fill(dim(cloth, 0.06)))
    for shift in (-36, -14, 12, 34):
        s.path(f"M{cx + shift} 104L{n(cx + shift * 0.8)} 132", stroke=dim(cloth, 0.3), stroke_width=1.8, opacity=0.6)
    body = f"M{cx - 50} 136C{cx - 96} 172 {cx - 94} 296 {cx - 80} {FLOOR}Q{cx} {FLOOR + 18} {cx + 80} {FLOOR}"
    s.path(f"{body}C{cx + 94} 296 {cx + 96} 172 {cx + 50} 136Z", s.turned_fill(cloth))
    s.rect(cx - 52, 128, 104, 12, s.turned_fill(s.palette.main), 6)
    bow(s, cx + 30, 136, 20, s.palette.main)
    s.ellipse(cx - 4, 234, 50, 54, "none", stroke=s.palette.main, stroke_width=2.4)
    for angle in (-118, -96, -74):
        _ear(s, cx - 4, 278, angle)
    dish(s, 288, FLOOR + 20, 46, s.palette.main, PORCELAIN)
    for x, y, turn in scattered(9, 120):
        px, py = (x - 0.5) * 2, (y - 0.5) * 2
        if px * px + py * py < 1:
            at = (288 + px * 38, FLOOR + 1 + py * 7 - (1 - px * px) * 8)
            s.ellipse(
                *at,
                4,
                1.7,
                "#ffffff" if turn > 0.5 else "#efe9d8",
                transform=f"rotate({n(turn * 180)} {n(at[0])} {n(at[1])})",
            )


def _ear(s: Scene, x: float, y: float, angle: float) -> None:
    with s.turned(angle, x, y):
        s.path("M0 0H86", stroke=dim(GOLD, 0.15), stroke_width=2)
        for step in range(6):
            for side in (-1, 1):
                s.ellipse(
                    44 + step * 8, side * 4, 5, 2.6, GOLD, transform=f"rotate({side * 24} {44 + step * 8} {side * 4})"
                )


def mushroom_box(s: Scene) -> None:
    """A box of dried shiitake."""
    main, x, w = s.palette.main, 88, 224
    shadow(s, 200, FLOOR, 118, 16)
    s.polygon([(x, 236), (x + 20, 200), (x + w - 20, 200), (x + w, 236)], dim(main, 0.5))
    for cx, cy, r in (
        (132, 208, 30),
        (186, 200, 34),
        (244, 204, 31),
        (282, 218, 24),
        (112, 226, 24),
        (160, 228, 32),
        (220, 228, 34),
        (264, 236, 28),
    ):
        _mushroom(s, cx, cy, r)
    box(s, x, 240, w, FLOOR - 240, 0, main)
    s.rect(x + 10, 250, w - 20, FLOOR - 260, "none", 2, stroke=GOLD, stroke_width=1.8)
    s.rect(164, 256, 72, 54, s.face_fill(PAPER), 3)
    _mushroom(s, 200, 286, 18)
    shadow(s, 318, FLOOR + 22, 24, 6)
    _mushroom(s, 318, FLOOR + 14, 25)


def _mushroom(s: Scene, cx: float, cy: float, r: float) -> None:
    cap = "#7b5a3d"
    s.path(
        f"M{n(cx - r * 0.22)} {n(cy)}Q{n(cx - r * 0.1)} {n(cy + r * 0.7)} {n(cx + r * 0.1)} {n(cy + r * 0.62)}"
        f"L{n(cx + r * 0.24)} {n(cy)}Z",
        lit(STRAW, 0.3),
    )
    s.path(
        f"M{n(cx - r)} {n(cy + r * 0.1)}C{n(cx - r * 0.9)} {n(cy - r)} {n(cx + r * 0.9)} {n(cy - r)}"
        f" {n(cx + r)} {n(cy + r * 0.1)}Q{n(cx)} {n(cy + r * 0.5)} {n(cx - r)} {n(cy + r * 0.1)}"
        "Z",
        s.ball_fill(cap),
    )
    for step in range(5):
        a = (step - 2) * 0.5
        s.line(
            [(cx + sin(a) * r * 0.2, cy - r * 0.5), (cx + sin(a) * r * 0.75, cy - r * 0.12 + cos(a) * r * 0.06)],
            lit(STRAW, 0.35),
            max(1.4, r * 0.07),
            opacity=0.85,
        )


def birds_nest(s: Scene) -> None:
    """Small jars of bird's nest in a box, two before it."""
    main = s.palette.main
    shadow(s, 200, FLOOR - 12, 118, 14)
    box(s, 88, 204, 224, FLOOR - 12 - 204, 40, main)
    for step in range(4):
        _little_jar(s, 122 + step * 52, 142, 212, 21)
    s.rect(88, 208, 224, FLOOR - 12 - 208, s.face_fill(main), 2)
    s.rect(98, 220, 204, FLOOR - 36 - 208, "none", 2, stroke=GOLD, stroke_width=1.8)
    seal(s, 188, 240, 26, GOLD)
    for cx, foot in ((262, FLOOR + 22), (318, FLOOR + 14)):
        _little_jar(s, cx, foot - 74, foot, 25)


def _little_jar(s: Scene, cx: float, top: float, foot: float, r: float) -> None:
    shadow(s, cx, foot, r, 6)
    honey = "#e2c184"
    lathe(s, cx, [(r * 0.8, top + 16), (r, top + 26), (r, foot - 8), (r * 0.88, foot)], honey)
    cylinder(s, cx, top, top + 17, r * 0.86, GOLD)
    band(s, cx, top + 32, foot - 10, r, PAPER)
    s.ellipse(cx - 2, (top + foot) / 2 + 14, r * 0.3, r * 0.24, "none", stroke=s.palette.main, stroke_width=2)
    gleam(s, [(cx - r * 0.7, top + 28), (cx - r * 0.7, foot - 10)], 3, 0.6)


def coffee_bag(s: Scene) -> None:
    """Two bags of coffee, beans before them."""
    for x, top, w, foot, colour in (
        (214, 152, 94, FLOOR - 14, lit(WALNUT, 0.25)),
        (104, 116, 120, FLOOR, s.palette.main),
    ):
        shadow(s, x + w / 2, foot, w * 0.52)
        s.path(
            f"M{x + 4} {top}H{x + w - 4}L{x + w + 4} {foot - 10}Q{x + w} {foot} {x + w - 10} {foot}"
            f"H{x + 10}Q{x} {foot} {x - 4} {foot - 10}Z",
            s.turned_fill(colour),
        )
        s.rect(x + 2, top - 4, w - 4, 22, s.face_fill(dim(colour, 0.25)), 2)
        s.rect(x - 4, top + 4, w + 8, 6, s.face_fill(GOLD), 2)
    s.rect(128, 180, 74, 96, s.face_fill(PAPER), 3)
    s.path("M140 256q24 -26 50 -4", stroke=LEAF, stroke_width=3, stroke_linecap="round")
    s.path("M136 264q30 -14 60 -2", stroke=dim(LEAF, 0.2), stroke_width=3, stroke_linecap="round")
    _bean(s, 165, 216, 17, -30)
    for right, down, turn in scattered(17, 14):
        _bean(s, 246 + right * 92, FLOOR + 6 + down * 28, 9, turn * 180)


def _bean(s: Scene, x: float, y: float, r: float, angle: float) -> None:
    with s.turned(angle, x, y):
        s.ellipse(0, 0, r, r * 0.68, s.ball_fill("#6b4029"))
        s.path(
            f"M{n(-r * 0.8)} 0Q{n(-r * 0.2)} {n(r * 0.3)} 0 0T{n(r * 0.8)} 0",
            stroke="#37200f",
            stroke_width=max(1.2, r * 0.14),
        )


def chocolate_box(s: Scene) -> None:
    """A box of chocolates, open."""
    main = s.palette.main
    shadow(s, 216, FLOOR - 50, 108, 12)
    s.rect(112, 116, 208, 146, s.face_fill(main), 4)
    s.rect(203, 116, 18, 146, s.face_fill(GOLD))
    s.rect(112, 180, 208, 16, s.face_fill(GOLD))
    bow(s, 212, 186, 32, GOLD)
    shadow(s, 190, FLOOR + 14, 126, 16)
    s.polygon([(92, 256), (284, 256), (308, 318), (68, 318)], s.top_fill(main))
    s.polygon([(98, 260), (278, 260), (298, 314), (78, 314)], dim(main, 0.5))
    for row in range(3):
        y, half = 270 + row * 18, 84 + row * 9
        for step in range(6):
            _chocolate(s, 188 + (step - 2.5) * half * 0.36, y, 11.5 + row * 1.3, (step * 2 + row) % 5)
    s.rect(68, 318, 240, 20, s.face_fill(dim(main, 0.12)), 2)


def _chocolate(s: Scene, cx: float, cy: float, r: float, kind: int) -> None:
    colour = (CHOCOLATE, "#8b5a3c", "#efe2c6", CHOCOLATE, "#74442c")[kind]
    s.ellipse(cx + 2, cy + r * 0.55, r * 1.1, r * 0.42, "#1d120c", opacity=0.5)
    if kind % 2:
        s.rect(cx - r, cy - r * 0.8, r * 2, r * 1.4, s.face_fill(colour), 4)
        s.path(
            f"M{n(cx - r * 0.7)} {n(cy + r * 0.3)}l{n(r * 1.2)} {n(-r * 0.8)}", stroke=lit(GOLD, 0.4), stroke_width=2
        )
    else:
        ball(s, cx, cy - r * 0.1, r, colour, r * 0.8)
        s.ellipse(cx - r * 0.1, cy - r * 0.5, r * 0.3, r * 0.18, GOLD if kind else PAPER)


def cherry_crate(s: Scene) -> None:
    """A crate of cherries."""
    x, y, w, h = 88, 250, 224, 72
    shadow(s, 200, FLOOR, 118, 16)
    s.polygon([(x, y), (x + 18, y - 26), (x + w - 18, y - 26), (x + w, y)], dim(WOOD, 0.35))
    for px, py, turn in sorted(scattered(29, 76), key=lambda place: place[1]):
        cx = x + 26 + px * (w - 52)
        top = 176 + (cx - 200) ** 2 / 240
        cy = top + py * (y + 4 - top)
        _cherry(s, cx, cy, 13 + turn * 2, turn)
    crate(s, x, y, w, h, WOOD)
    s.rect(166, y + 14, 68, 44, s.face_fill(PAPER), 4)
    for side in (-1, 1):
        s.path(f"M200 {y + 20}Q{200 + side * 4} {y + 28} {200 + side * 11} {y + 36}", stroke=LEAF, stroke_width=2)
        ball(s, 200 + side * 12, y + 44, 9, "#9e2136")
    _pair(s, 318, FLOOR + 14)


def _cherry(s: Scene, cx: float, cy: float, r: float, turn: float) -> None:
    ball(s, cx, cy, r, "#8e1c31" if turn > 0.4 else "#b32a3c")
    s.ellipse(cx - r * 0.34, cy - r * 0.36, r * 0.2, r * 0.13, "#ffffff", opacity=0.55)
    if turn > 0.62:
        s.path(
            f"M{n(cx)} {n(cy - r * 0.7)}q4 -14 {n(8 + turn * 8)} -22",
            stroke="#6f7f3a",
            stroke_width=2,
            stroke_linecap="round",
        )


def _pair(s: Scene, cx: float, cy: float) -> None:
    for side in (-1, 1):
        shadow(s, cx + side * 15, cy + 13, 10, 5)
        s.path(
            f"M{cx + side * 15} {cy - 10}Q{cx + side * 12} {cy - 34} {cx} {cy - 48}", stroke="#6f7f3a", stroke_width=2.6
        )
        _cherry(s, cx + side * 15, cy, 15, 0.5)
    leaf(s, cx, cy - 48, 30, -16, LEAF, 0.4)


def duck_eggs(s: Scene) -> None:
    """A basket of salted duck eggs, one cut in half before it."""
    cx = 190
    shadow(s, cx, FLOOR, 104, 17)
    s.path(f"M{cx - 96} 250C{cx - 92} 96 {cx + 92} 96 {cx + 96} 250", stroke=dim(STRAW, 0.3), stroke_width=11)
    s.path(f"M{cx - 97} 250C{cx - 93} 94 {cx + 91} 94 {cx + 95} 250", stroke=lit(STRAW, 0.2), stroke_width=4.5)
    s.ellipse(cx, 254, 104, 24, dim(STRAW, 0.5))
    for x, y, turn in (
        (-62, 238, -20),
        (-20, 226, 12),
        (26, 228, -10),
        (66, 240, 18),
        (-42, 256, 8),
        (4, 252, -14),
        (48, 258, 6),
    ):
        s.ellipse(cx + x, y, 24, 31, s.ball_fill("#c9dcd6"), transform=f"rotate({turn} {cx + x} {y})")
    lathe(s, cx, [(104, 262), (98, 290), (84, FLOOR)], STRAW)
    for row in range(4):
        for step in range(-6, 7):
            at = cx + sin(step * 0.24 + (row % 2) * 0.12) * (104 - row * 5)
            s.path(f"M{n(at - 7)} {272 + row * 14}q7 6 14 0", stroke=dim(STRAW, 0.32), stroke_width=2.6)
    s.path(f"M{cx - 104} 260a104 22 0 0 0 208 0", stroke=lit(STRAW, 0.2), stroke_width=8)
    shadow(s, 312, FLOOR + 18, 26, 6)
    s.ellipse(312, FLOOR + 6, 31, 22, s.ball_fill("#d5e4de"))
    s.ellipse(312, FLOOR + 3, 26, 17, "#fbf8ef")
    s.ellipse(312, FLOOR + 3, 14, 10, s.ball_fill("#e8862a"))


def goji_jar(s: Scene) -> None:
    """A jar of wolfberries and a spoon of them."""
    cx, top, foot, r = 172, 128, FLOOR, 66
    glass_jar(s, cx, top, foot, r, "#e6c9b6", s.palette.main)
    for x, y, turn in sorted(scattered(41, 120), key=lambda place: place[1]):
        px, py = cx + (x - 0.5) * 2 * (r - 7), top + 50 + y * (foot - top - 56)
        s.ellipse(
            px,
            py,
            8,
            4.6,
            s.ball_fill(lit(CINNABAR, round(turn, 1) * 0.2)),
            transform=f"rotate({n(turn * 180)} {n(px)} {n(py)})",
        )
    band(s, cx, 210, 276, r, PAPER)
    sprig(s, cx - 40, 268, -22, 4, 18, LEAF)
    for x, y in ((-8, 246), (10, 250), (2, 262)):
        s.ellipse(cx + x + 10, y, 5, 7.5, s.ball_fill(CINNABAR))
    glass_front(s, cx, top, foot, r)
    shadow(s, 296, FLOOR + 22, 44, 7)
    s.rect(284, FLOOR + 8, 66, 6, s.face_fill(WOOD), 3)
    dish(s, 270, FLOOR + 22, 32, WOOD, dim(WOOD, 0.3))
    heap(s, 270, FLOOR + 9, 26, 6, (CINNABAR, lit(CINNABAR, 0.16)), 4.6, 13)
