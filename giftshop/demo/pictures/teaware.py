"""More tea: caddies, flowers, rock tea, and pots."""

from __future__ import annotations

from giftshop.demo.pictures.canvas import (
    AMBER,
    FLOOR,
    GOLD,
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
)
from giftshop.demo.pictures.solids import (
    box,
    dish,
    flower,
    glass_front,
    glass_jar,
    gleam,
    heap,
    lathe,
    leaf,
    mouth,
    scattered,
    seal,
    shadow,
    sprig,
    steam,
)

CLAY = "#8a4b34"


def tea_caddies(s: Scene) -> None:
    """Two square caddies of oolong, rolled leaves in a dish before them."""
    main = s.palette.main
    for x, top, w, foot, colour in ((206, 184, 88, FLOOR - 16, s.palette.second), (96, 142, 116, FLOOR, main)):
        shadow(s, x + w / 2, foot, w * 0.56)
        box(s, x, top + 34, w, foot - top - 34, 4, colour)
        box(s, x - 3, top, w + 6, 38, 24, dim(colour, 0.14), colour)
        s.rect(x - 3, top + 33, w + 6, 4, GOLD)
    s.rect(118, 204, 72, 92, s.face_fill(PAPER), 3)
    s.rect(124, 210, 60, 80, "none", 2, stroke=GOLD, stroke_width=1.6)
    sprig(s, 138, 268, -62, 4, 22, LEAF)
    seal(s, 160, 264, 18)
    dish(s, 286, FLOOR + 20, 46, PORCELAIN, "#4d6046")
    heap(s, 286, FLOOR + 3, 38, 8, ("#3e5a3a", "#55704a", "#2f4a33"), 4.2, 7)


def _flowers(s: Scene, petals: int, colour: str, heart: str, tint: str) -> None:
    cx, top, foot, r = 176, 124, FLOOR, 68
    glass_jar(s, cx, top, foot, r, tint, WOOD)
    for x, y, turn in sorted(scattered(31, 62), key=lambda place: place[1]):
        px, py = cx + (x - 0.5) * 2 * (r - 15), top + 62 + y * (foot - top - 76)
        flower(s, px, py, 11 + turn * 4, petals, lit(colour, turn * 0.3), heart)
        if turn > 0.62:
            leaf(s, px, py, 18, turn * 900, LEAF, 0.36)
    glass_front(s, cx, top, foot, r)
    for x, y, size in ((270, FLOOR + 8, 17), (306, FLOOR + 18, 14), (252, FLOOR + 26, 13)):
        shadow(s, x, y + 6, size * 0.6, 4)
        flower(s, x, y, size, petals, lit(colour, 0.15), heart)
    leaf(s, 286, FLOOR + 22, 26, 8, LEAF, 0.34)


def jasmine_jar(s: Scene) -> None:
    """A jar of jasmine tea with blossoms."""
    _flowers(s, 6, "#f7f3e4", "#d8b84e", "#b9cfae")


def chrysanthemum_jar(s: Scene) -> None:
    """A jar of dried chrysanthemums."""
    _flowers(s, 14, "#edcb5c", "#c2862b", "#e5dcb8")


def rock_tea_box(s: Scene) -> None:
    """A box of rock tea, open: its lid behind, sachets in two rows."""
    main, x, w = s.palette.main, 84, 232
    shadow(s, 200, FLOOR - 46, 116, 12)
    s.rect(x + 8, 112, w - 16, 150, s.face_fill(dim(main, 0.08)), 4)
    s.rect(x + 20, 124, w - 40, 110, "none", 2, stroke=GOLD, stroke_width=2)
    peaks = "M118 222L150 168L168 194L196 146L226 200L244 180L276 222Z"
    s.path(peaks, s.face_fill(lit(main, 0.12)), stroke=GOLD, stroke_width=2, stroke_linejoin="round")
    s.ellipse(252, 152, 13, 13, s.ball_fill(lit(GOLD, 0.35)))
    shadow(s, 200, FLOOR + 8, 122, 16)
    s.polygon([(x + 8, 250), (x + w - 8, 250), (x + w + 6, 284), (x - 6, 284)], dim(main, 0.55))
    for row, y in enumerate((240, 256)):
        for step in range(8):
            at = x + 6 - row * 5 + step * (27.6 + row * 1.2)
            colour = PAPER if (step + row) % 2 else lit(GOLD, 0.2)
            s.rect(at, y, 24, 40, s.face_fill(colour), 3)
            s.rect(at + 8, y + 8, 8, 16, dim(main, 0.1), 1)
    box(s, x - 8, 284, w + 16, FLOOR + 8 - 284, 0, main)
    s.path(f"M{x + 2} 294h{w - 4}", stroke=GOLD, stroke_width=1.8)


def _cup(s: Scene, cx: float, foot: float, colour: str) -> None:
    shadow(s, cx, foot, 16, 5)
    lathe(s, cx, [(24, foot - 26), (22, foot - 14), (13, foot - 2), (12, foot)], colour)
    mouth(s, cx, foot - 26, 24, colour, "#b97a35")


def clay_teapot(s: Scene) -> None:
    """A teapot of purple clay with two cups."""
    cx, foot = 184, FLOOR - 2
    shadow(s, cx, foot, 74)
    for width, colour in ((15, dim(CLAY, 0.2)), (8, lit(CLAY, 0.16))):
        s.path(f"M{cx - 62} 220C78 196 66 288 {cx - 48} 282", stroke=colour, stroke_width=width, stroke_linecap="round")
    s.path(f"M{cx + 52} 272Q282 252 286 206L306 204Q300 280 {cx + 48} 300Z", s.turned_fill(CLAY))
    s.ellipse(296, 205, 10, 3.4, dim(CLAY, 0.45))
    lathe(s, cx, [(44, 196), (68, 218), (76, 252), (64, 292), (44, 314), (42, foot)], CLAY)
    lathe(s, cx, [(16, 172), (34, 180), (46, 194), (47, 200)], dim(CLAY, 0.06))
    s.path(f"M{cx - 46} 199a46 8 0 0 0 92 0", stroke=dim(CLAY, 0.35), stroke_width=2.4)
    lathe(s, cx, [(8, 156), (13, 163), (9, 170), (8, 175)], CLAY)
    s.ellipse(cx, 156, 8, 3, s.top_fill(CLAY))
    sprig(s, cx - 34, 274, -38, 4, 18, lit(CLAY, 0.3))
    gleam(s, [(cx - 54, 222), (cx - 60, 250), (cx - 52, 280)], 6, 0.3)
    _cup(s, 262, FLOOR + 20, CLAY)
    _cup(s, 318, FLOOR + 14, CLAY)
    steam(s, 262, FLOOR - 12, 0.7)


def glass_teapot(s: Scene) -> None:
    """A glass teapot with amber tea in it, and a cup."""
    cx, foot = 178, FLOOR - 2
    shadow(s, cx, foot, 72)
    for width, colour in ((11, STEEL), (5, lit(STEEL, 0.7))):
        s.path(
            f"M{cx - 64} 208C70 190 66 286 {cx - 56} 282",
            stroke=colour,
            stroke_width=width,
            stroke_linecap="round",
            opacity=0.8,
        )
    glass = s.gradient(
        [(0, dim(STEEL, 0.1), 0.7), (0.25, "#ffffff", 0.6), (0.7, lit(STEEL, 0.5), 0.5), (1, STEEL, 0.8)]
    )
    s.path(f"M{cx + 56} 268Q268 250 276 194L292 192Q292 272 {cx + 58} 292Z", glass)
    profile = [(46, 176), (60, 200), (74, 244), (70, 292), (54, foot)]
    lathe(s, cx, profile, STEEL, glass)
    tea = s.gradient([(0, dim(AMBER, 0.15), 0.95), (0.3, lit(AMBER, 0.35), 0.95), (1, dim(AMBER, 0.25), 0.95)])
    lathe(s, cx, [(67, 232), (71, 252), (67, 290), (53, foot - 6)], AMBER, tea)
    s.ellipse(cx, 232, 67, 67 * TILT, lit(AMBER, 0.4))
    flower(s, cx + 8, 276, 24, 12, "#efcf6b", "#b8742a")
    leaf(s, cx - 10, 292, 34, -150, dim(LEAF, 0.1), 0.34)
    lathe(s, cx, [(20, 158), (44, 166), (48, 178)], WOOD)
    lathe(s, cx, [(8, 142), (11, 149), (8, 160)], WALNUT)
    gleam(s, [(cx - 48, 204), (cx - 60, 244), (cx - 56, 284)], 6, 0.85)
    _cup(s, 290, FLOOR + 12, PORCELAIN)
    steam(s, 290, FLOOR - 22, 0.8)
