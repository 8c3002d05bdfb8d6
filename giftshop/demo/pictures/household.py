"""What makes a home: pots, bowls, bedding, luggage."""

from __future__ import annotations

from math import cos, pi, sin

from giftshop.demo.pictures.canvas import (
    CELADON,
    FLOOR,
    GOLD,
    INK,
    LEAF,
    PAPER,
    PORCELAIN,
    STEEL,
    TILT,
    WALNUT,
    WOOD,
    Scene,
    dim,
    lit,
    n,
)
from giftshop.demo.pictures.solids import (
    band,
    cylinder,
    gleam,
    lathe,
    leaf,
    mouth,
    shadow,
    sprig,
    steam,
)


def enamel_pot(s: Scene) -> None:
    """An enamelled casserole with its lid on."""
    main, cx = s.palette.main, 196
    shadow(s, cx, FLOOR, 100, 18)
    for side in (-1, 1):
        x = cx + side * 104
        s.path(
            f"M{x - side * 6} 236C{x + side * 34} 230 {x + side * 34} 268 {x - side * 6} 262",
            stroke=dim(main, 0.25),
            stroke_width=13,
            stroke_linecap="round",
        )
        s.path(
            f"M{x - side * 6} 235C{x + side * 32} 230 {x + side * 32} 264 {x - side * 6} 260",
            stroke=lit(main, 0.16),
            stroke_width=5,
            stroke_linecap="round",
        )
    lathe(s, cx, [(106, 220), (106, 268), (100, 306), (82, FLOOR)], main)
    s.path(f"M{cx - 106} 224a106 18 0 0 0 212 0", stroke=lit(main, 0.5), stroke_width=3)
    lathe(s, cx, [(20, 166), (64, 176), (98, 198), (108, 216)], main)
    s.ellipse(cx, 168, 24, 5, s.top_fill(main))
    lathe(s, cx, [(18, 140), (20, 148), (10, 156), (9, 168)], GOLD)
    s.ellipse(cx, 140, 18, 4, s.top_fill(GOLD))
    gleam(s, [(cx - 72, 192), (cx - 40, 178), (cx - 14, 173)], 6, 0.45)
    gleam(s, [(cx - 86, 240), (cx - 86, 276), (cx - 76, 304)], 7, 0.35)
    steam(s, 236, 150, 0.9)


def chopsticks(s: Scene) -> None:
    """Five pairs of chopsticks in their box, and two on a rest."""
    main = s.palette.main
    shadow(s, 196, FLOOR - 12, 118, 15)
    s.polygon([(92, 150), (300, 150), (312, 274), (80, 274)], s.face_fill(main))
    s.polygon([(104, 160), (288, 160), (298, 264), (94, 264)], lit(PAPER, 0.1))
    for step in range(10):
        x, low = 122 + step * 16.6, 108 + step * 19.6
        colour = (WALNUT, dim(WALNUT, 0.3))[step // 2 % 2]
        s.polygon([(x - 3, 168), (x + 3, 168), (low + 5, 256), (low - 5, 256)], s.turned_fill(colour))
        s.polygon([(low - 4, 236), (low + 4, 236), (low + 5, 256), (low - 5, 256)], s.turned_fill(GOLD))
    s.rect(80, 274, 232, 36, s.face_fill(dim(main, 0.15)), 2)
    s.rect(180, 208, 36, 14, s.face_fill(main), 3)
    shadow(s, 236, FLOOR + 28, 92, 8)
    s.rect(146, FLOOR + 14, 30, 14, s.face_fill(PORCELAIN), 6)
    for lift in (0, 7):
        with s.turned(-4 + lift * 0.5, 128, FLOOR + 10 + lift):
            s.polygon(
                [(0, -2), (0, 2), (210, 5), (210, -5)],
                s.gradient([(0, lit(WALNUT, 0.3), 1), (1, dim(WALNUT, 0.3), 1)], (0, 0, 0, 1)),
            )
            s.rect(182, -5, 28, 10, s.gradient([(0, lit(GOLD, 0.4), 1), (1, dim(GOLD, 0.3), 1)], (0, 0, 0, 1)))


def silk_quilt(s: Scene) -> None:
    """A silk quilt, folded, with a ribbon and a cocoon."""
    main, second = s.palette.main, s.palette.second
    shadow(s, 196, FLOOR, 122, 17)
    layers = (
        (78, 270, 236, 54, lit(main, 0.6)),
        (82, 216, 228, 58, lit(main, 0.82)),
        (88, 164, 216, 56, lit(main, 0.6)),
    )
    for x, y, w, h, colour in layers:
        s.rect(x, y, w, h, s.face_fill(colour), 26)
        s.path(
            f"M{x + 16} {y + h / 2 + 2}Q{x + w / 2} {y + h / 2 - 5} {x + w - 6} {y + h / 2 + 2}",
            stroke=dim(colour, 0.22),
            stroke_width=3,
            stroke_linecap="round",
        )
        for step in range(1, 6):
            at = x + step * w / 6
            s.path(f"M{n(at)} {y + 5}q-5 10 0 {n(h / 2 - 9)}", stroke=dim(colour, 0.18), stroke_width=1.6, opacity=0.7)
        gleam(s, [(x + 22, y + 9), (x + w / 2, y + 5), (x + w - 30, y + 8)], 5, 0.5)
    s.rect(180, 163, 26, 162, s.face_fill(second), 2)
    s.rect(150, 202, 86, 66, s.face_fill(PAPER), 4)
    s.rect(156, 208, 74, 54, "none", 2, stroke=GOLD, stroke_width=1.6)
    s.ellipse(184, 236, 18, 11, s.ball_fill("#f7efe0"), transform="rotate(-24 184 236)")
    leaf(s, 196, 246, 26, -40, LEAF, 0.4)
    for x, y, turn in ((280, FLOOR + 16, -18), (318, FLOOR + 8, 26)):
        shadow(s, x, y + 8, 16, 5)
        s.ellipse(x, y, 23, 14, s.ball_fill("#f6eedd"), transform=f"rotate({turn} {x} {y})")
        s.path(f"M{x - 14} {y - 4}q14 -6 26 2", stroke=dim("#f6eedd", 0.2), stroke_width=1.2, opacity=0.7)


def tableware(s: Scene) -> None:
    """Plates, bowls and spoons of bone china."""
    main = s.palette.main
    shadow(s, 236, FLOOR - 40, 92, 10)
    s.ellipse(238, 186, 92, 92, s.ball_fill(PORCELAIN))
    for r, width in ((89, 2.4), (62, 1.6)):
        s.ellipse(238, 186, r, r, "none", stroke=main if r > 80 else GOLD, stroke_width=width)
    for step in range(12):
        a = step * pi / 6
        leaf(s, 238 + cos(a) * 68, 186 + sin(a) * 68, 17, step * 30 + 64, main, 0.4)
    shadow(s, 156, FLOOR + 2, 82, 14)
    for step in range(4):
        y = FLOOR + 2 - step * 8
        lathe(s, 156, [(92, y - 12), (70, y - 4), (48, y)], PORCELAIN)
        s.ellipse(156, y - 12, 92, 92 * TILT, s.top_fill(PORCELAIN), stroke=main, stroke_width=1.4)
    for step in range(2):
        y = FLOOR - 34 - step * 18
        lathe(s, 156, [(60, y - 46), (54, y - 24), (34, y - 4), (30, y)], PORCELAIN)
        s.path(f"M96 {y - 40}a60 9 0 0 0 120 0", stroke=main, stroke_width=3)
    mouth(s, 156, FLOOR - 98, 60, PORCELAIN)
    gleam(s, [(114, FLOOR - 88), (120, FLOOR - 64), (132, FLOOR - 46)], 5, 0.9)
    shadow(s, 286, FLOOR + 20, 44, 7)
    s.path(
        f"M256 {FLOOR + 12}Q268 {FLOOR + 22} 290 {FLOOR + 14}L336 {FLOOR}L338 {FLOOR + 6}L296 {FLOOR + 24}"
        f"Q262 {FLOOR + 34} 256 {FLOOR + 12}Z",
        s.face_fill(PORCELAIN),
    )
    s.ellipse(274, FLOOR + 14, 19, 6, dim(PORCELAIN, 0.12))
    s.path(f"M306 {FLOOR + 10}l24 -8", stroke=main, stroke_width=2.4)


def lunch_box(s: Scene) -> None:
    """A tower of insulated boxes with a handle."""
    main, cx = s.palette.main, 190
    shadow(s, cx, FLOOR, 74, 14)
    s.path(
        f"M{cx - 66} 190V120Q{cx - 66} 96 {cx - 42} 96H{cx + 42}Q{cx + 66} 96 {cx + 66} 120V190",
        stroke=dim(main, 0.3),
        stroke_width=11,
    )
    s.path(f"M{cx - 68} 190V120Q{cx - 68} 94 {cx - 42} 94H{cx + 40}", stroke=lit(main, 0.3), stroke_width=3.5)
    for step, colour in enumerate((main, lit(main, 0.5), main)):
        foot = FLOOR - step * 52
        cylinder(s, cx, foot - 50, foot, 72, colour)
        band(s, cx, foot - 50, foot - 44, 72, STEEL)
        gleam(s, [(cx - 50, foot - 36), (cx - 50, foot - 2)], 5, 0.4)
    lathe(s, cx, [(40, 146), (66, 154), (74, 166), (73, 172)], lit(main, 0.14))
    s.ellipse(cx, 147, 42, 42 * TILT, s.top_fill(main))
    s.rect(cx - 84, 176, 16, 116, s.face_fill(STEEL), 6)
    s.rect(cx + 68, 176, 16, 116, s.face_fill(dim(STEEL, 0.2)), 6)
    leaf(s, cx - 8, 262, 34, -64, GOLD, 0.4)
    shadow(s, 306, FLOOR + 16, 34, 7)
    for shift in (0, 9):
        s.rect(276, FLOOR + 4 + shift, 78, 5, s.face_fill(lit(WOOD, 0.1)), 2.5)


def diffuser(s: Scene) -> None:
    """A reed diffuser and a candle in glass."""
    main = s.palette.main
    for turn in (-24, -10, 3, 15, 27):
        with s.turned(turn, 160, 236):
            s.rect(-2, -150, 4, 170, s.turned_fill(lit(WOOD, 0.2)), 2)
    cx = 160
    shadow(s, cx, FLOOR, 54)
    glass = s.gradient(
        [(0, dim(main, 0.2), 0.92), (0.25, lit(main, 0.5), 0.85), (0.7, main, 0.9), (1, dim(main, 0.35), 0.95)]
    )
    lathe(s, cx, [(17, 206), (18, 226), (46, 246), (56, 272), (54, FLOOR - 8), (48, FLOOR)], main, glass)
    band(s, cx, 206, 220, 18, GOLD)
    s.rect(cx - 30, 268, 60, 34, s.face_fill(PAPER), 3)
    sprig(s, cx - 20, 288, -10, 4, 14, LEAF)
    gleam(s, [(cx - 38, 254), (cx - 45, 276), (cx - 43, 308)], 5, 0.55)
    x, foot = 274, FLOOR + 8
    shadow(s, x, foot, 44)
    s.ellipse(x, foot - 66, 60, 44, s.radial([(0, "#fff3cf", 0.9), (1, "#fff3cf", 0)]))
    lathe(s, x, [(44, foot - 70), (44, foot - 12), (40, foot)], PORCELAIN)
    mouth(s, x, foot - 70, 44, PORCELAIN, "#f1e3bd", 0.94)
    s.path(f"M{x} {foot - 69}v-9", stroke=INK, stroke_width=2)
    s.path(f"M{x} {foot - 74}c-9 -10 -3 -18 0 -28c3 10 9 18 0 28z", "#f0a93a")
    s.path(f"M{x} {foot - 75}c-4 -5 -2 -9 0 -14c2 5 4 9 0 14z", "#fff4d4")
    s.rect(x - 24, foot - 48, 48, 28, s.face_fill(lit(main, 0.2)), 3)
    s.path(f"M{x - 14} {foot - 34}h28M{x - 8} {foot - 28}h16", stroke=PAPER, stroke_width=2)


def celadon_vase(s: Scene) -> None:
    """A celadon vase with a branch of blossom."""
    cx = 190
    s.line([(cx, 170), (cx + 14, 120), (cx + 60, 84), (cx + 112, 66)], WALNUT, 5)
    s.line([(cx + 14, 122), (cx - 18, 88), (cx - 58, 66)], WALNUT, 4)
    s.line([(cx + 58, 86), (cx + 76, 112), (cx + 110, 122)], WALNUT, 3)
    for x, y, r in (
        (46, 92, 12),
        (84, 74, 14),
        (112, 64, 10),
        (-22, 90, 13),
        (-56, 64, 12),
        (76, 112, 12),
        (108, 122, 10),
        (12, 128, 10),
        (-38, 76, 9),
    ):
        for step in range(5):
            a = step * 2 * pi / 5 - pi / 2
            s.ellipse(
                cx + x + cos(a) * r * 0.6,
                y + sin(a) * r * 0.6,
                r * 0.5,
                r * 0.5,
                "#f3d3d6" if (x + y) % 2 else "#e9b6bd",
            )
        s.ellipse(cx + x, y, r * 0.24, r * 0.24, GOLD)
    shadow(s, cx, FLOOR, 62)
    lathe(s, cx, [(27, 160), (20, 176), (20, 192), (58, 222), (70, 254), (58, 294), (42, 314), (44, FLOOR)], CELADON)
    mouth(s, cx, 160, 27, CELADON)
    for y, r in ((196, 22), (206, 34), (306, 48)):
        s.path(
            f"M{cx - r} {y}a{r} {n(r * TILT)} 0 0 0 {2 * r} 0", stroke=dim(CELADON, 0.25), stroke_width=1.8, opacity=0.7
        )
    for step in range(-2, 3):
        leaf(s, cx + step * 25, 286 - abs(step) * 4, 38, -90 + step * 9, lit(CELADON, 0.16), 0.3)
    gleam(s, [(cx - 40, 222), (cx - 54, 252), (cx - 44, 290)], 7, 0.6)
    for x, y in ((292, FLOOR + 12), (314, FLOOR + 4)):
        s.ellipse(x, y, 8, 4, "#eec3c8")


def suitcase(s: Scene) -> None:
    """A cabin suitcase."""
    main = s.palette.main
    shadow(s, 202, FLOOR + 6, 84, 14)
    for x in (166, 228):
        s.rect(x, 62, 7, 70, s.turned_fill(STEEL), 3)
    s.rect(160, 54, 80, 15, s.turned_fill(INK), 7)
    for x in (138, 254):
        s.ellipse(x, FLOOR + 2, 11, 11, s.ball_fill(INK))
        s.ellipse(x, FLOOR + 2, 4, 4, STEEL)
    s.path("M284 138Q300 144 300 160V288Q300 306 286 312Z", dim(main, 0.42))
    s.rect(112, 120, 178, 194, s.face_fill(main), 22)
    for step in range(7):
        s.rect(130 + step * 23.5, 132, 5, 170, s.gradient([(0, lit(main, 0.34), 1), (1, dim(main, 0.3), 1)]), 2.5)
    for x, y in ((112, 120), (266, 120), (112, 290), (266, 290)):
        s.rect(x, y, 24, 24, s.face_fill(dim(main, 0.25)), 11)
    s.rect(176, 112, 50, 13, s.face_fill(INK), 6)
    s.rect(272, 196, 16, 34, s.face_fill(STEEL), 4)
    s.rect(172, 188, 58, 36, s.face_fill(lit(STEEL, 0.3)), 4)
    s.path("M180 202h42M186 212h30", stroke=dim(STEEL, 0.5), stroke_width=2.4)
    gleam(s, [(124, 150), (122, 220), (124, 286)], 4, 0.45)
    s.path("M228 118c10 22 30 22 34 46", stroke=WALNUT, stroke_width=3)
    with s.turned(12, 262, 162):
        s.rect(-16, 0, 32, 44, s.face_fill(WOOD), 5)
        s.rect(-10, 12, 20, 22, PAPER, 2)
