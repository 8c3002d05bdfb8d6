"""What one writes with and carries to work."""

from __future__ import annotations

from giftshop.demo.pictures.canvas import (
    CINNABAR,
    FLOOR,
    GOLD,
    INK,
    JADE,
    LEAF,
    PAPER,
    STEEL,
    WALNUT,
    WOOD,
    Scene,
    dim,
    lit,
    n,
)
from giftshop.demo.pictures.solids import box, cylinder, flower, gleam, lathe, shadow, sprig


def calligraphy_set(s: Scene) -> None:
    """The four treasures of the study: brushes, ink, paper, stone."""
    main = s.palette.main
    shadow(s, 132, FLOOR - 40, 66, 10)
    s.rect(82, 106, 104, 10, s.turned_fill(WALNUT), 4)
    for x in (88, 174):
        s.rect(x, 110, 8, 164, s.turned_fill(WALNUT), 3)
    s.rect(74, 270, 120, 12, s.turned_fill(WALNUT), 4)
    for step, x in enumerate((112, 134, 156)):
        s.path(f"M{x} 116v10", stroke=CINNABAR, stroke_width=2)
        s.rect(x - 4.500, 126, 9, 82 - step * 8, s.turned_fill((lit(WOOD, 0.25), JADE, WALNUT)[step]), 3)
        y = 208 - step * 8
        s.path(f"M{x - 6} {y}h12q3 22 -6 44q-9 -22 -6 -44z", s.turned_fill("#e9dfc9" if step != 1 else "#6b5140"))
    shadow(s, 272, FLOOR - 18, 66, 11)
    for step in range(3):
        y = FLOOR - 28 - step * 22
        s.rect(
            214,
            y - 20,
            118 - step * 10,
            22,
            s.gradient([(0, "#ffffff", 1), (0.6, PAPER, 1), (1, dim(PAPER, 0.25), 1)], (0, 0, 0, 1)),
            11,
        )
        s.ellipse(330 - step * 10, y - 9, 6, 10, dim(PAPER, 0.14))
        s.rect(256, y - 20, 20, 22, s.face_fill(main))
    shadow(s, 206, FLOOR + 24, 62, 9)
    lathe(s, 190, [(62, FLOOR + 4), (62, FLOOR + 14), (56, FLOOR + 22)], INK)
    s.ellipse(190, FLOOR + 4, 62, 15, s.top_fill(INK))
    s.ellipse(190, FLOOR + 5, 47, 10, dim(INK, 0.4))
    s.ellipse(178, FLOOR + 3, 22, 3.6, lit(INK, 0.35), opacity=0.5)
    shadow(s, 298, FLOOR + 24, 30, 6)
    box(s, 272, FLOOR + 4, 56, 18, 6, dim(INK, 0.2))
    s.path(f"M280 {FLOOR + 13}h26", stroke=GOLD, stroke_width=3)


def desk_calendar(s: Scene) -> None:
    """A desk calendar with a picture of mountains."""
    main = s.palette.main
    shadow(s, 200, FLOOR, 122, 16)
    s.polygon([(296, 132), (326, FLOOR - 8), (304, FLOOR)], dim(WOOD, 0.4))
    s.polygon([(96, 130), (290, 130), (308, FLOOR - 12), (78, FLOOR - 12)], s.face_fill(PAPER))
    s.polygon([(103, 144), (192, 144), (190, FLOOR - 24), (90, FLOOR - 24)], s.face_fill(lit(main, 0.62)))
    s.ellipse(164, 178, 13, 13, CINNABAR)
    s.path(f"M93 266L124 208L146 246L166 222L191 262V{FLOOR - 24}H90Z", s.face_fill(main))
    s.path(f"M91 286Q132 264 190 282V{FLOOR - 24}H90Z", dim(main, 0.3))
    s.path("M214 164h62", stroke=main, stroke_width=7, stroke_linecap="round")
    for row in range(5):
        for step in range(6):
            x = 214 + step * 13.6 + row * 0.6 * (step - 2.5) * 0.3
            y = 192 + row * 22
            fill = CINNABAR if (row, step) == (2, 3) else dim(PAPER, 0.42)
            s.rect(x - 3.2, y - 3.2, 6.4, 6.4, fill, 1.6)
    s.ellipse(254.6, 236, 9.500, 9.500, "none", stroke=CINNABAR, stroke_width=1.8)
    for step in range(12):
        s.path(f"M{n(108 + step * 15.6)} 140v-13a5 6 0 0 1 9 0v6", stroke=dim(STEEL, 0.25), stroke_width=2.4)
    s.rect(74, FLOOR - 14, 238, 14, s.face_fill(WOOD), 4)


def fountain_pen(s: Scene) -> None:
    """A fountain pen in its open case, and ink."""
    main = s.palette.main
    shadow(s, 196, FLOOR - 56, 98, 10)
    s.rect(104, 134, 192, 122, s.face_fill(dim(INK, 0.05)), 8)
    s.rect(116, 146, 168, 100, s.face_fill(lit(PAPER, 0.3)), 4)
    s.ellipse(200, 196, 20, 20, "none", stroke=GOLD, stroke_width=2)
    s.path("M200 184v24M192 202l8 8l8 -8", stroke=GOLD, stroke_width=2.4)
    shadow(s, 188, FLOOR + 10, 126, 14)
    s.polygon([(94, 250), (306, 250), (324, 308), (64, 308)], dim(INK, 0.1))
    s.polygon([(104, 256), (298, 256), (314, 302), (76, 302)], s.face_fill(lit(PAPER, 0.1)))
    with s.turned(-7, 196, 280):
        tube = s.gradient([(0, lit(main, 0.5), 1), (0.35, main, 1), (1, dim(main, 0.4), 1)], (0, 0, 0, 1))
        gold = s.gradient([(0, lit(GOLD, 0.6), 1), (0.5, GOLD, 1), (1, dim(GOLD, 0.35), 1)], (0, 0, 0, 1))
        s.ellipse(4, 13, 104, 5, dim(PAPER, 0.5), opacity=0.5)
        s.path("M-100 0Q-98 -9 -84 -10H24V10H-84Q-98 9 -100 0Z", tube)
        s.path("M24 -9H58L68 -6V6L58 9H24Z", s.gradient([(0, lit(INK, 0.4), 1), (1, dim(INK, 0.4), 1)], (0, 0, 0, 1)))
        s.path("M68 -6.500Q90 -8 106 0Q90 8 68 6.500Z", gold)
        s.path("M82 0H105", stroke=dim(GOLD, 0.5), stroke_width=1)
        s.ellipse(82, 0, 2, 2, dim(GOLD, 0.5))
        for x, w in ((20, 8), (-30, 5), (-86, 4)):
            s.rect(x, -10.4, w, 20.8, gold, 1)
    s.rect(64, 308, 260, 24, s.face_fill(dim(INK, 0.2)), 4)
    shadow(s, 330, FLOOR + 20, 24, 7)
    lathe(s, 330, [(17, FLOOR - 22), (28, FLOOR - 10), (28, FLOOR + 14), (25, FLOOR + 20)], main)
    cylinder(s, 330, FLOOR - 38, FLOOR - 18, 17, INK)
    s.rect(312, FLOOR - 4, 36, 16, PAPER, 2)


def backpack(s: Scene) -> None:
    """A backpack for work."""
    main = s.palette.main
    shadow(s, 198, FLOOR + 2, 96, 16)
    s.path("M174 98C170 62 226 62 222 98", stroke=dim(WALNUT, 0.1), stroke_width=9)
    s.path("M118 150C82 176 84 282 112 306", stroke=dim(main, 0.45), stroke_width=14, stroke_linecap="round")
    s.path(
        f"M122 138Q126 92 198 92T274 138L288 286Q290 {FLOOR} 256 {FLOOR + 2}H140Q106 {FLOOR} 108 286Z",
        s.turned_fill(main),
    )
    s.path("M124 158Q198 132 272 158", stroke=dim(main, 0.45), stroke_width=4)
    s.path("M126 155Q198 129 270 155", stroke=STEEL, stroke_width=1.6)
    s.rect(132, 216, 132, 94, s.face_fill(dim(main, 0.14)), 18)
    s.path("M140 234h116", stroke=dim(main, 0.5), stroke_width=4)
    s.path("M140 232h116", stroke=STEEL, stroke_width=1.4)
    for x, y in ((250, 154), (246, 234)):
        s.path(f"M{x} {y}v20", stroke=WALNUT, stroke_width=5, stroke_linecap="round")
    s.rect(170, 176, 56, 26, s.face_fill(WALNUT), 4)
    s.path("M180 189h36", stroke=GOLD, stroke_width=2.6)
    for x in (150, 232):
        s.rect(x, 206, 14, 30, s.face_fill(WALNUT), 4)
        s.rect(x + 2, 222, 10, 8, "none", 2, stroke=GOLD, stroke_width=2)
    gleam(s, [(136, 150), (126, 214), (124, 286)], 6, 0.3)


def cloth_journal(s: Scene) -> None:
    """A cloth-bound journal with bookmarks of brass."""
    main = s.palette.main
    shadow(s, 190, FLOOR, 96, 15)
    s.polygon([(272, 108), (296, 120), (296, FLOOR - 12), (272, FLOOR)], s.face_fill(lit(PAPER, 0.2)))
    for step in range(1, 5):
        s.path(f"M{272 + step * 5} {108 + step * 2.5}V{FLOOR - step * 2.5}", stroke=dim(PAPER, 0.3), stroke_width=0.8)
    s.rect(106, 108, 168, FLOOR - 108, s.face_fill(main), 5)
    s.rect(106, 108, 24, FLOOR - 108, dim(main, 0.22), 4)
    for y in (132, 168, 204, 240, 276):
        s.path(f"M106 {y}h24", stroke=lit(main, 0.5), stroke_width=2)
    s.rect(150, 140, 100, 74, s.face_fill(PAPER), 3)
    sprig(s, 168, 196, -38, 5, 18, LEAF)
    flower(s, 222, 166, 12, 5, CINNABAR, GOLD)
    s.path(f"M246 {FLOOR - 2}v34l-8 -9l-8 9v-34z", CINNABAR)
    for x, y, turn in ((292, FLOOR + 18, -16), (318, FLOOR + 4, -28)):
        shadow(s, x, y + 8, 40, 5)
        with s.turned(turn, x, y):
            gold = s.gradient([(0, lit(GOLD, 0.5), 1), (0.5, GOLD, 1), (1, dim(GOLD, 0.3), 1)], (0, 0, 0, 1))
            s.path("M-40 -7H34q8 7 0 14H-40z", gold)
            for at in (-26, -10, 6):
                s.ellipse(at, 0, 5, 3.4, dim(GOLD, 0.45))
            s.path("M38 0q12 4 16 14", stroke=CINNABAR, stroke_width=2)
