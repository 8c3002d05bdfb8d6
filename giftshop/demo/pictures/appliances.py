"""What runs on electricity."""

from __future__ import annotations

from math import cos, pi, sin

from giftshop.demo.pictures.canvas import (
    FLOOR,
    GOLD,
    INK,
    PORCELAIN,
    STEEL,
    TILT,
    WARM,
    WOOD,
    Scene,
    dim,
    lit,
)
from giftshop.demo.pictures.solids import ball, band, cylinder, gleam, lathe, shadow, steam

LIGHT = "#4fae6c"


def speaker(s: Scene) -> None:
    """A speaker in cloth and wood."""
    main = s.palette.main
    shadow(s, 198, FLOOR, 112, 16)
    s.path("M164 154C164 108 232 108 232 154", stroke=WOOD, stroke_width=9)
    s.rect(92, 152, 212, FLOOR - 156, s.face_fill(WOOD), 30)
    s.rect(102, 162, 192, FLOOR - 176, s.face_fill(main), 24)
    for row in range(9):
        for step in range(16):
            x, y = 116 + step * 11 + (row % 2) * 5.5, 178 + row * 14
            s.ellipse(x, y, 1.7, 1.7, dim(main, 0.35))
    s.ellipse(198, 236, 46, 46, "none", stroke=dim(main, 0.3), stroke_width=3, opacity=0.8)
    s.rect(176, 284, 44, 10, s.face_fill(GOLD), 5)
    for step in range(3):
        s.ellipse(180 + step * 18, 153, 6, 2.4, dim(INK, 0.1))
    for x in (124, 260):
        s.rect(x, FLOOR - 6, 16, 8, s.face_fill(INK), 3)
    gleam(s, [(108, 190), (106, 240), (110, 288)], 4, 0.4)


def power_bank(s: Scene) -> None:
    """A power bank with its cable."""
    main = s.palette.main
    shadow(s, 196, FLOOR + 2, 88, 14)
    s.path(
        f"M232 148C292 92 344 150 312 214S286 320 342 {FLOOR + 10}",
        stroke=dim(PORCELAIN, 0.25),
        stroke_width=8,
        stroke_linecap="round",
    )
    s.path(
        f"M231 147C291 90 342 150 310 214S284 320 341 {FLOOR + 9}",
        stroke=PORCELAIN,
        stroke_width=5,
        stroke_linecap="round",
    )
    s.rect(334, FLOOR, 22, 16, s.face_fill(PORCELAIN), 4)
    s.rect(354, FLOOR + 4, 12, 8, s.face_fill(STEEL), 2)
    with s.turned(-5, 176, 236):
        s.rect(-66, -98, 140, 186, dim(main, 0.5), 26)
        s.rect(-72, -98, 140, 186, s.face_fill(main), 26)
        s.rect(-60, -86, 116, 162, "none", 18, stroke=lit(main, 0.3), stroke_width=1.6, opacity=0.7)
        for step in range(4):
            s.ellipse(-24 + step * 16, 58, 3.6, 3.6, lit(LIGHT, 0.4) if step < 3 else dim(main, 0.4))
        s.path("M2 -46l-26 46h22l-8 38l34 -50h-23l9 -34z", lit(GOLD, 0.25))
        s.rect(16, -101, 26, 8, s.face_fill(dim(INK, 0.2)), 3)
        s.polygon([(-72, -30), (-20, -98), (16, -98), (-72, 24)], WARM, opacity=0.14)


def headphones(s: Scene) -> None:
    """Headphones on a stand."""
    main, cx = s.palette.main, 196
    shadow(s, cx, FLOOR, 56)
    cylinder(s, cx, FLOOR - 12, FLOOR, 58, WOOD)
    s.rect(cx - 6, 106, 12, FLOOR - 116, s.turned_fill(WOOD), 4)
    s.path(f"M{cx - 26} 108q26 -22 52 0l-6 12h-40z", s.turned_fill(WOOD))
    s.path(f"M{cx - 82} 226C{cx - 104} 62 {cx + 104} 62 {cx + 82} 226", stroke=dim(main, 0.3), stroke_width=19)
    s.path(f"M{cx - 84} 222C{cx - 106} 62 {cx + 104} 60 {cx + 80} 222", stroke=lit(main, 0.12), stroke_width=9)
    for side in (-1, 1):
        x = cx + side * 82
        s.rect(x - 8, 176, 16, 40, s.turned_fill(STEEL), 6)
        s.rect(x - 26, 200, 52, 84, s.turned_fill(main), 24)
        s.rect(x - side * 24 - 13, 206, 26, 72, s.turned_fill(dim(INK, 0.1)), 13)
        s.ellipse(x + side * 6, 242, 14, 22, "none", stroke=GOLD, stroke_width=2.2)
    gleam(s, [(cx - 70, 132), (cx - 40, 104), (cx - 6, 98)], 4, 0.5)
    s.path(
        f"M{cx - 84} 284C{cx - 96} 330 {cx - 30} 300 {cx + 20} {FLOOR + 20}S{cx + 110} {FLOOR + 20}"
        f" {cx + 132} {FLOOR + 8}",
        stroke=INK,
        stroke_width=3.4,
        stroke_linecap="round",
    )


def kettle(s: Scene) -> None:
    """A gooseneck kettle on its base."""
    main, cx = s.palette.main, 182
    shadow(s, cx, FLOOR, 86, 15)
    lathe(s, cx, [(82, FLOOR - 16), (86, FLOOR - 6), (80, FLOOR)], INK)
    s.ellipse(cx, FLOOR - 16, 82, 82 * TILT, s.top_fill(INK))
    s.ellipse(cx - 62, FLOOR - 6, 3, 2, LIGHT)
    s.path(
        f"M{cx + 52} 274C{cx + 118} 270 {cx + 62} 176 {cx + 122} 166",
        stroke=dim(STEEL, 0.35),
        stroke_width=15,
        stroke_linecap="round",
    )
    s.path(
        f"M{cx + 52} 272C{cx + 114} 268 {cx + 59} 174 {cx + 120} 164",
        stroke=lit(STEEL, 0.4),
        stroke_width=7,
        stroke_linecap="round",
    )
    s.path(
        f"M{cx - 40} 184C{cx - 118} 156 {cx - 122} 262 {cx - 78} 276",
        stroke=dim(WOOD, 0.3),
        stroke_width=17,
        stroke_linecap="round",
    )
    s.path(
        f"M{cx - 42} 182C{cx - 118} 154 {cx - 124} 258 {cx - 80} 272",
        stroke=lit(WOOD, 0.2),
        stroke_width=8,
        stroke_linecap="round",
    )
    lathe(s, cx, [(46, 176), (58, 206), (68, 252), (70, FLOOR - 24), (66, FLOOR - 16)], main)
    lathe(s, cx, [(14, 154), (36, 162), (48, 176), (47, 182)], dim(main, 0.12))
    ball(s, cx, 146, 11, WOOD)
    band(s, cx, FLOOR - 28, FLOOR - 22, 70, STEEL)
    gleam(s, [(cx - 38, 198), (cx - 52, 248), (cx - 52, 288)], 7, 0.42)
    steam(s, cx + 124, 150, 0.8)


def rice_cooker(s: Scene) -> None:
    """A rice cooker with a lit display."""
    main, cx = s.palette.main, 194
    shadow(s, cx, FLOOR, 112, 17)
    s.path(f"M{cx - 96} 186C{cx - 94} 108 {cx + 94} 108 {cx + 96} 186", stroke=dim(STEEL, 0.3), stroke_width=10)
    s.path(
        f"M{cx - 106} 206Q{cx - 104} 164 {cx - 60} 160H{cx + 60}Q{cx + 104} 164 {cx + 106} 206V296"
        f"Q{cx + 104} {FLOOR} {cx + 70} {FLOOR}H{cx - 70}Q{cx - 104} {FLOOR} {cx - 106} 296Z",
        s.turned_fill(PORCELAIN),
    )
    s.path(
        f"M{cx - 104} 196Q{cx - 96} 152 {cx - 50} 148H{cx + 50}Q{cx + 96} 152 {cx + 104} 196Q{cx} 214 {cx - 104} 196Z",
        s.top_fill(main),
    )
    s.ellipse(cx + 24, 166, 18, 6, s.top_fill(STEEL))
    s.path(f"M{cx - 106} 206Q{cx} 226 {cx + 106} 206", stroke=STEEL, stroke_width=4)
    s.rect(cx - 58, 234, 116, 62, s.face_fill(dim(INK, 0.15)), 12)
    s.rect(cx - 46, 242, 92, 26, dim(INK, 0.5), 5)
    s.path(
        f"M{cx - 26} 248v14M{cx - 12} 248v14h10v-14zM{cx + 12} 248h12v7h-12v7h12", stroke="#f0b45c", stroke_width=2.6
    )
    for step in range(4):
        s.ellipse(cx - 36 + step * 24, 282, 6, 4, s.ball_fill(STEEL if step else LIGHT))
    gleam(s, [(cx - 88, 222), (cx - 90, 260), (cx - 84, 302)], 7, 0.8)
    steam(s, cx + 24, 146, 0.9)


def air_fryer(s: Scene) -> None:
    """An air fryer, its basket a little open."""
    main, cx = s.palette.main, 194
    shadow(s, cx, FLOOR, 92, 17)
    s.path(
        f"M{cx - 86} 160Q{cx - 80} 96 {cx} 96T{cx + 86} 160L{cx + 92} 290Q{cx + 90} {FLOOR} {cx + 60}"
        f" {FLOOR}H{cx - 60}Q{cx - 90} {FLOOR} {cx - 92} 290Z",
        s.turned_fill(main),
    )
    s.ellipse(cx, 126, 44, 15, s.face_fill(dim(INK, 0.2)))
    s.ellipse(cx, 124, 22, 8, s.top_fill(STEEL))
    for step in range(5):
        a = pi + step * pi / 4
        s.ellipse(cx + cos(a) * 34, 125 + sin(a) * 10, 2, 1.4, "#f0b45c" if step < 3 else STEEL)
    s.rect(cx - 72, 186, 144, 108, dim(main, 0.55), 16)
    s.rect(cx - 68, 196, 136, 104, s.face_fill(dim(main, 0.12)), 14)
    s.rect(cx - 16, 226, 32, 76, s.turned_fill(INK), 12)
    s.rect(cx - 10, 232, 20, 50, s.turned_fill(STEEL), 8)
    gleam(s, [(cx - 66, 140), (cx - 76, 200), (cx - 76, 286)], 7, 0.4)
    for x, y, turn in ((288, FLOOR + 8, 24), (312, FLOOR + 16, -14), (272, FLOOR + 20, 4), (300, FLOOR + 24, 12)):
        s.rect(x - 20, y - 4, 40, 9, s.face_fill("#e3b252"), 3, transform=f"rotate({turn} {x} {y})")


def robot_vacuum(s: Scene) -> None:
    """A robot vacuum cleaner on its way from its dock."""
    main, cx, cy = s.palette.main, 178, 276
    shadow(s, 284, 262, 40, 9)
    s.rect(248, 168, 74, 100, s.face_fill(PORCELAIN), 12)
    s.rect(258, 180, 54, 52, s.face_fill(dim(PORCELAIN, 0.1)), 8)
    s.ellipse(285, 248, 4, 4, LIGHT)
    shadow(s, cx, FLOOR + 10, 124, 20)
    s.path(f"M{cx - 122} {cy}v34a122 44 0 0 0 244 0v-34z", s.turned_fill(dim(main, 0.1)))
    s.path(f"M{cx - 122} {cy + 16}a122 44 0 0 0 244 0", stroke=dim(main, 0.5), stroke_width=5)
    s.ellipse(cx, cy, 122, 44, s.top_fill(lit(main, 0.15)))
    s.ellipse(cx, cy, 108, 38, "none", stroke=lit(main, 0.5), stroke_width=1.8)
    s.path(f"M{cx - 34} {cy - 12}v-12a34 12 0 0 1 68 0v12a34 12 0 0 1 -68 0z", s.turned_fill(INK))
    s.ellipse(cx, cy - 24, 34, 12, s.top_fill(INK))
    s.ellipse(cx, cy + 20, 11, 4, s.ball_fill(GOLD))
    for step in range(5):
        a = pi * 0.12 * step + 0.5
        s.line([(cx + 84, cy + 52), (cx + 84 + cos(a) * 42, cy + 50 + sin(a) * 16)], dim(STEEL, 0.1 * step), 2.2)
