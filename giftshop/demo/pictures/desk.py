"""What stands on a desk or lies beside it."""

from __future__ import annotations

from giftshop.demo.pictures.canvas import FLOOR, GOLD, INK, PAPER, PORCELAIN, STEEL, TILT, WARM, Scene, dim, lit
from giftshop.demo.pictures.solids import ball, box, cylinder, gleam, lathe, shadow


def pen_notebook(s: Scene) -> None:
    """A notebook and a fountain pen."""
    main = s.palette.main
    shadow(s, 206, FLOOR + 16, 128, 17)
    s.path("M86 258L172 326V348L86 280Z", s.face_fill(dim(main, 0.1)))
    s.path("M172 327L334 265V286L172 346Z", s.gradient([(0, lit(PAPER, 0.3), 1), (1, dim(PAPER, 0.12), 1)]))
    for step in range(1, 5):
        s.path(f"M172 {327 + step * 4}L334 {265 + step * 4.2}", stroke=dim(PAPER, 0.3), stroke_width=0.8, opacity=0.7)
    s.path(
        "M172 345L336 284V289L172 350L86 282V278Z",
        dim(main, 0.3),
    )
    s.path(
        "M86 258L244 206L334 264L172 326Z",
        s.top_fill(main),
        stroke=lit(main, 0.1),
        stroke_width=4,
        stroke_linejoin="round",
    )
    s.path("M224 213L314 272L315 292L305 296L304 276L213 217Z", s.face_fill(dim(main, 0.32)))
    s.path("M140 270l34 -11l18 12l-34 12z", "none", stroke=GOLD, stroke_width=2)
    s.path("M196 338l-10 22l10 -3l5 7l8 -30z", s.palette.second)
    with s.turned(-21, 216, 254):
        s.ellipse(8, 15, 104, 6, dim(main, 0.6), opacity=0.35)
        tube = s.gradient([(0, lit(INK, 0.45), 1), (0.35, INK, 1), (1, dim(INK, 0.4), 1)], (0, 0, 0, 1))
        gold = s.gradient([(0, lit(GOLD, 0.6), 1), (0.5, GOLD, 1), (1, dim(GOLD, 0.35), 1)], (0, 0, 0, 1))
        s.path("M-104 0Q-103 -8 -90 -9H10V9H-90Q-103 8 -104 0Z", tube)
        s.path("M10 -8.500H52L62 -6V6L52 8.500H10Z", tube)
        s.path("M62 -5.500C76 -6 86 -3 96 0C86 3 76 6 62 5.500Z", gold)
        s.path("M72 0H95", stroke=dim(GOLD, 0.5), stroke_width=1)
        for x, w in ((4, 8), (-94, 5), (59, 4)):
            s.rect(x, -9.4, w, 18.8, gold, 1)
        s.path("M-92 -9q-2 -6 6 -6H-38q6 0 6 4t-6 2H-82v3z", gold)


def desk_lamp(s: Scene) -> None:
    """A desk lamp that is on."""
    main = s.palette.main
    glow = s.gradient([(0, "#fff0c2", 0.85), (1, "#fff0c2", 0.0)], (0, 0, 0, 1))
    s.path("M196 176L92 332H352L286 176Z", glow)
    pool = s.radial([(0, "#fff4d4", 0.9), (1, "#fff4d4", 0)])
    s.ellipse(226, FLOOR + 4, 138, 30, pool)
    shadow(s, 132, FLOOR, 50)
    cylinder(s, 132, FLOOR - 12, FLOOR, 52, main)
    brass = s.gradient([(0, lit(GOLD, 0.45), 1), (1, dim(GOLD, 0.25), 1)])
    s.path(
        "M128 310L110 196L206 92",
        stroke=dim(GOLD, 0.3),
        stroke_width=9,
        stroke_linejoin="round",
        stroke_linecap="round",
    )
    s.path(
        "M127 310L109 196L205 91",
        stroke=lit(GOLD, 0.25),
        stroke_width=4.500,
        stroke_linejoin="round",
        stroke_linecap="round",
    )
    ball(s, 110, 196, 10, GOLD)
    s.rect(121, 298, 16, 14, brass, 4)
    with s.turned(0, 240, 120):
        s.path("M-52 56C-50 4 -34 -26 0 -26S50 4 52 56Z", s.turned_fill(main))
        s.ellipse(0, 56, 52, 11, "#fff3cf")
        s.ellipse(0, 57, 22, 6, "#ffffff")
        s.rect(-13, -40, 26, 17, s.turned_fill(GOLD), 5)
        gleam(s, [(-33, 38), (-27, 8), (-14, -12)], 5, 0.45)
    ball(s, 206, 92, 8, GOLD)
    box(s, 232, FLOOR - 18, 92, 18, 14, PAPER, PAPER)
    box(s, 242, FLOOR - 34, 78, 16, 12, s.palette.second)


def wireless_charger(s: Scene) -> None:
    """A charging stand with a telephone on it, and a pad for earphones."""
    main = s.palette.main
    shadow(s, 168, FLOOR, 66, 12)
    lathe(s, 168, [(66, FLOOR - 14), (68, FLOOR - 6), (62, FLOOR)], STEEL)
    s.ellipse(168, FLOOR - 14, 66, 66 * TILT, s.top_fill(STEEL))
    s.path("M146 306L152 236H184L190 306Z", s.turned_fill(STEEL))
    with s.turned(-4, 168, 200):
        s.rect(-58, -114, 122, 226, dim(INK, 0.3), 20)
        s.rect(-62, -114, 122, 226, s.face_fill(INK), 20)
        screen = s.gradient([(0, lit(main, 0.3), 1), (0.6, main, 1), (1, dim(main, 0.4), 1)], (0, 0, 0.4, 1))
        s.rect(-56, -108, 110, 214, screen, 15)
        s.ellipse(10, -26, 33, 33, "#f7e9c4")
        s.path("M-56 52Q-30 20 -6 44T54 30V92Q54 106 40 106H-42Q-56 106 -56 92Z", dim(main, 0.45), opacity=0.85)
        s.path("M-56 78Q-20 50 14 74T54 62V92Q54 106 40 106H-42Q-56 106 -56 92Z", dim(main, 0.6), opacity=0.9)
        s.rect(-16, -102, 30, 8, dim(INK, 0.4), 4)
        s.polygon([(-56, -70), (10, -108), (36, -108), (-56, -36)], WARM, opacity=0.12)
        s.rect(-26, 84, 50, 4, WARM, 2, opacity=0.8)
        s.path("M4 -46l-14 24h12l-4 18l17 -25h-12z", s.palette.main, opacity=0.9)
    x, y = 290, FLOOR + 8
    shadow(s, x, y, 46, 9)
    cylinder(s, x, y - 9, y, 50, PORCELAIN)
    s.ellipse(x, y - 9, 34, 34 * TILT, "none", stroke=main, stroke_width=2, opacity=0.8)
    lathe(s, x, [(24, y - 52), (31, y - 36), (31, y - 22), (24, y - 11)], PORCELAIN)
    s.ellipse(x, y - 51, 24, 4.6, s.top_fill(PORCELAIN))
    s.path(f"M{x - 31} {y - 35}a31 5 0 0 0 62 0", stroke=dim(PORCELAIN, 0.3), stroke_width=1.4)
    s.ellipse(x, y - 23, 2.4, 2.4, "#4fae6c")


def massage_gun(s: Scene) -> None:
    """A massage gun, its case behind and its heads beside it."""
    main = s.palette.main
    shadow(s, 236, FLOOR - 34, 86, 11)
    s.rect(146, 196, 176, FLOOR - 34 - 196, s.face_fill(dim(INK, 0.05)), 16)
    s.path("M146 236H322", stroke=dim(INK, 0.4), stroke_width=2.5)
    s.path("M210 196q0 -18 24 -18t24 18", stroke=INK, stroke_width=9)
    s.rect(218, 228, 32, 14, s.face_fill(STEEL), 4)
    shadow(s, 176, FLOOR + 10, 40, 8)
    with s.turned(-10, 176, 218):
        s.path("M10 8H48L42 106Q40 116 28 116H20Q8 116 8 106Z", s.turned_fill(INK))
        for step in range(6):
            s.path(f"M13 {34 + step * 12}H42", stroke=dim(INK, 0.4), stroke_width=3, stroke_linecap="round")
        barrel = s.gradient([(0, lit(main, 0.5), 1), (0.35, main, 1), (1, dim(main, 0.35), 1)], (0, 0, 0, 1))
        s.rect(-46, -34, 118, 58, barrel, 28)
        s.rect(
            -48,
            -25,
            14,
            40,
            s.gradient([(0, lit(STEEL, 0.5), 1), (0.4, STEEL, 1), (1, dim(STEEL, 0.35), 1)], (0, 0, 0, 1)),
            4,
        )
        s.rect(-70, -13, 26, 16, s.gradient([(0, lit(STEEL, 0.5), 1), (1, dim(STEEL, 0.3), 1)], (0, 0, 0, 1)), 3)
        ball(s, -84, -5, 23, INK)
        s.ellipse(50, -5, 15, 17, s.ball_fill(STEEL))
        s.path("M44 -5a7 8 0 1 0 6 -8", stroke=INK, stroke_width=2.4, stroke_linecap="round")
        gleam(s, [(-22, -24), (20, -26), (42, -22)], 4.5, 0.6)
    for x, y, r in ((270, FLOOR + 12, 17), (316, FLOOR + 2, 15)):
        shadow(s, x, y, r * 0.7, 5)
        s.rect(x - 6, y - 14, 12, 14, s.turned_fill(STEEL), 3)
        if r > 16:
            ball(s, x, y - 26, r, INK)
        else:
            s.path(
                f"M{x - 15} {y - 14}L{x - 17} {y - 38}Q{x} {y - 46} {x + 17} {y - 38}L{x + 15} {y - 14}Z",
                s.turned_fill(INK),
            )
