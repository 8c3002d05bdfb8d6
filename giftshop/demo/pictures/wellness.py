"""What does the body good."""

from __future__ import annotations

from math import cos, sin

from giftshop.demo.pictures.canvas import (
    CINNABAR,
    FLOOR,
    GOLD,
    INK,
    LEAF,
    PAPER,
    PORCELAIN,
    STEEL,
    WOOD,
    Scene,
    dim,
    lit,
)
from giftshop.demo.pictures.solids import box, gleam, lathe, shadow, steam

LIGHT = "#7fd0b0"


def massage_chair(s: Scene) -> None:
    """A massage chair, seen from the front."""
    main, shell = s.palette.main, dim(INK, 0.05)
    shadow(s, 200, FLOOR + 4, 124, 20)
    s.path("M108 132Q108 56 168 54H232Q292 56 292 132V240H108Z", s.turned_fill(shell))
    s.path("M122 138Q122 70 172 68H228Q278 70 278 138V236H122Z", s.face_fill(main))
    s.rect(152, 78, 96, 46, s.face_fill(lit(main, 0.34)), 20)
    for side in (-1, 1):
        s.path(f"M{200 + side * 66} 132q{-side * 22} 44 {-side * 12} 96", stroke=dim(main, 0.35), stroke_width=4)
        s.ellipse(200 + side * 78, 92, 6, 12, s.ball_fill(STEEL))
    for step in range(3):
        y = 150 + step * 27
        s.path(f"M158 {y}Q200 {y + 15} 242 {y}", stroke=dim(main, 0.3), stroke_width=3.4, stroke_linecap="round")
    s.rect(124, 222, 152, 46, s.face_fill(lit(main, 0.12)), 18)
    gleam(s, [(140, 231), (200, 227), (256, 231)], 5, 0.4)
    _arms(s, main, shell)
    s.rect(128, 262, 144, 70, s.turned_fill(shell), 16)
    for x in (138, 204):
        s.rect(x, 258, 58, 66, s.face_fill(main), 18)
        s.rect(x + 16, 264, 26, 54, s.gradient([(0, dim(main, 0.5), 1), (1, dim(main, 0.2), 1)]), 12)
    gleam(s, [(134, 96), (146, 80), (168, 76)], 4, 0.4)


def _arms(s: Scene, main: str, shell: str) -> None:
    for x, mirror in ((80, 1), (270, -1)):
        s.rect(x, 184, 50, 142, s.turned_fill(PORCELAIN), 22)
        s.rect(x, 182, 50, 34, s.top_fill(main), 16)
        inner = x + 25 - mirror * 11
        s.path(f"M{inner} 236q{mirror * 24} 34 0 74", stroke=GOLD, stroke_width=2.8, stroke_linecap="round")
    s.rect(276, 170, 36, 22, s.face_fill(shell), 6)
    s.rect(281, 174, 26, 13, LIGHT, 2)


def foot_bath(s: Scene) -> None:
    """A foot bath with warm water."""
    main, cx = s.palette.main, 194
    shadow(s, cx, FLOOR + 2, 120, 18)
    lathe(s, cx, [(124, 216), (122, 262), (112, 300), (98, FLOOR)], main)
    band = f"M{cx - 122} 262a122 21 0 0 0 244 0"
    s.path(band, stroke=GOLD, stroke_width=3)
    s.ellipse(cx, 214, 124, 36, s.top_fill(lit(main, 0.1)))
    s.ellipse(cx, 218, 108, 29, dim(main, 0.5))
    s.ellipse(cx, 224, 103, 24, s.gradient([(0, "#8fc6c9", 1), (1, "#d5ecea", 1)], (0, 0, 1, 1)))
    for x, y, r in ((-52, 222, 5), (-34, 230, 3.5), (46, 218, 5), (66, 226, 4), (6, 236, 4), (-8, 214, 3)):
        s.ellipse(cx + x, y, r, r * 0.7, "#ffffff", opacity=0.8)
    for x, y, turn in ((-26, 224, 20), (26, 232, 70), (72, 214, 130)):
        with s.turned(turn, cx + x, y):
            s.ellipse(0, 0, 9, 4.4, CINNABAR, opacity=0.85)
    s.rect(cx - 46, 282, 92, 30, s.face_fill(dim(INK, 0.1)), 10)
    s.path(f"M{cx - 30} 290v13M{cx - 18} 290v13h9v-13z", stroke=LIGHT, stroke_width=2.4)
    for step in range(3):
        s.ellipse(cx + 8 + step * 14, 297, 4.6, 4.6, s.ball_fill(STEEL))
    gleam(s, [(cx - 104, 240), (cx - 104, 276), (cx - 94, 304)], 6, 0.4)
    steam(s, cx - 30, 196, 1.2)
    steam(s, cx + 34, 192, 1.1)


def pressure_monitor(s: Scene) -> None:
    """A blood pressure monitor with its cuff."""
    main = s.palette.main
    shadow(s, 158, FLOOR, 86, 15)
    s.path("M222 292C276 300 232 214 276 220", stroke=dim(STEEL, 0.45), stroke_width=7, stroke_linecap="round")
    s.path("M84 206L104 168H216L236 206Z", s.top_fill(PORCELAIN))
    s.rect(78, 204, 164, FLOOR - 204, s.face_fill(PORCELAIN), 14)
    s.rect(92, 216, 96, 92, s.face_fill("#c3d3c0"), 6)
    for y, bars in ((228, (0, 1, 2)), (258, (0, 1)), (284, (0, 1))):
        for step in bars:
            x, h = 130 + step * 18, 20 if y < 280 else 14
            s.path(f"M{x} {y}h10v{h}h-10zM{x} {y + h / 2}h10", stroke=dim(INK, 0.2), stroke_width=2.6)
    s.path("M104 292c-8 -10 -2 -16 3 -9c5 -7 11 -1 3 9l-3 4z", CINNABAR)
    s.ellipse(214, 246, 17, 17, s.ball_fill(main))
    s.path("M214 238v9", stroke=PAPER, stroke_width=3, stroke_linecap="round")
    s.ellipse(214, 286, 10, 10, s.ball_fill(STEEL))
    shadow(s, 300, FLOOR + 6, 48, 11)
    s.path(f"M256 218V{FLOOR - 4}a46 14 0 0 0 92 0V218z", s.turned_fill(main))
    s.ellipse(302, 218, 46, 20, s.top_fill(main))
    s.ellipse(302, 220, 36, 14, dim(main, 0.55))
    s.path(f"M322 {FLOOR + 8}V240l14 -7v{FLOOR - 236}z", lit(main, 0.3), opacity=0.8)
    s.path("M274 250h26M274 260h18", stroke=lit(main, 0.6), stroke_width=3)


def yoga_mat(s: Scene) -> None:
    """A rolled mat, two blocks and a strap."""
    main, second = s.palette.main, s.palette.second
    shadow(s, 232, FLOOR - 26, 88, 12)
    box(s, 196, 236, 126, 60, 22, WOOD)
    box(s, 214, 184, 112, 52, 20, lit(WOOD, 0.2))
    for x, y in ((259, 266), (270, 210)):
        s.ellipse(x, y, 14, 14, "none", stroke=dim(WOOD, 0.3), stroke_width=2)
    cx, cy = 118, 282
    shadow(s, 190, FLOOR + 16, 112, 13)
    roll = s.gradient([(0, lit(main, 0.5), 1), (0.35, main, 1), (1, dim(main, 0.4), 1)], (0, 0, 0, 1))
    s.rect(cx - 10, cy - 44, 204, 92, roll, 34)
    for x in (186, 250):
        s.rect(
            x,
            cy - 45,
            18,
            94,
            s.gradient([(0, lit(INK, 0.4), 1), (0.4, INK, 1), (1, dim(INK, 0.4), 1)], (0, 0, 0, 1)),
            5,
        )
    s.ellipse(cx, cy + 2, 34, 46, s.ball_fill(lit(main, 0.16)))
    spiral = [(cx + cos(k * 0.6) * (31 - k * 1.1), cy + 2 + sin(k * 0.6) * (43 - k * 1.5)) for k in range(27)]
    s.line(spiral, second if second != PORCELAIN else lit(main, 0.6), 3.2)
    s.path("M194 240C176 186 268 190 260 240", stroke=INK, stroke_width=7)


def first_aid(s: Scene) -> None:
    """A first-aid case, bandages and a bottle before it."""
    main = s.palette.main
    shadow(s, 184, FLOOR - 8, 100, 15)
    s.path("M152 168V150Q152 138 164 138H212Q224 138 224 150V168", stroke=dim(main, 0.35), stroke_width=11)
    box(s, 88, 184, 200, FLOOR - 8 - 184, 20, main)
    s.path("M88 214h200", stroke=dim(main, 0.4), stroke_width=3)
    for x in (118, 236):
        s.rect(x, 206, 24, 18, s.face_fill(STEEL), 3)
    s.ellipse(188, 262, 38, 38, PAPER)
    s.path("M188 240v44M166 262h44", stroke=LEAF, stroke_width=14)
    shadow(s, 262, FLOOR + 20, 28, 7)
    lathe(s, 262, [(26, FLOOR - 12), (26, FLOOR + 14), (24, FLOOR + 20)], PAPER)
    s.ellipse(262, FLOOR - 12, 26, 6, s.top_fill(PAPER))
    s.ellipse(262, FLOOR - 12, 8, 2.4, dim(PAPER, 0.4))
    for step in range(4):
        s.path(f"M236 {FLOOR - 6 + step * 6}a26 5 0 0 0 52 0", stroke=dim(PAPER, 0.22), stroke_width=1.2)
    shadow(s, 316, FLOOR + 12, 18, 6)
    lathe(s, 316, [(11, FLOOR - 40), (19, FLOOR - 28), (19, FLOOR + 8), (17, FLOOR + 12)], "#8a5a30")
    s.rect(305, FLOOR - 52, 22, 14, s.turned_fill(PORCELAIN), 3)
    s.rect(298, FLOOR - 18, 36, 22, PAPER, 2)
    s.path(f"M316 {FLOOR - 14}v14M309 {FLOOR - 7}h14", stroke=LEAF, stroke_width=3)
