"""The solids every good is put together from, and the room they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

from giftshop.demo.pictures.canvas import (
    CINNABAR,
    HORIZON,
    LEAF,
    PAPER,
    STEEL,
    TILT,
    WARM,
    Palette,
    Point,
    Scene,
    curve,
    dim,
    lit,
    n,
)


def room(palette: Palette) -> Scene:
    """Return a scene with its wall, its moon, the light of a window and the table."""
    scene = Scene(palette)
    wall = [(0, lit(palette.wall, 0.25), 1.0), (1, palette.wall, 1.0)]
    scene.rect(0, 0, 400, 400, scene.gradient(wall, (0, 0, 0.6, 1)))
    scene.ellipse(236, 172, 128, 128, palette.moon)
    scene.polygon([(0, 92), (178, 0), (262, 0), (0, 190)], WARM, opacity=0.28)
    scene.polygon([(0, 214), (300, 0), (330, 0), (0, 246)], WARM, opacity=0.2)
    table = [(0, dim(palette.table, 0.06), 1.0), (0.25, palette.table, 1.0), (1, lit(palette.table, 0.28), 1.0)]
    scene.rect(0, HORIZON, 400, 400 - HORIZON, scene.gradient(table, (0, 0, 0, 1)))
    return scene


def shadow(s: Scene, cx: float, y: float, rx: float, ry: float | None = None, deep: float = 0.42) -> None:
    """Draw the shadow of a thing that stands at (cx, y) and is `rx` to each side.

    It is long and soft to the right, and dark at the foot.
    """
    ry = ry or max(7.0, rx * TILT * 1.15)
    ink = dim(s.palette.table, 0.75)
    soft = s.radial([(0, ink, deep), (0.55, ink, deep * 0.45), (1, ink, 0)])
    s.ellipse(cx + rx * 0.42, y + 1, rx * 1.6, ry * 1.5, soft)
    s.ellipse(cx + rx * 0.05, y + ry * 0.12, rx * 1.08, ry * 1.05, soft)


def cylinder(s: Scene, cx: float, top: float, bottom: float, r: float, colour: str, lid: str | None = None) -> None:
    """Draw an upright cylinder; `lid` is the colour of its top."""
    ry = r * TILT
    s.path(
        f"M{n(cx - r)} {n(top)}V{n(bottom)}A{n(r)} {n(ry)} 0 0 0 {n(cx + r)} {n(bottom)}V{n(top)}Z",
        s.turned_fill(colour),
    )
    s.ellipse(cx, top, r, ry, s.top_fill(lid or colour))


def band(s: Scene, cx: float, top: float, bottom: float, r: float, colour: str, bow: float | None = None) -> None:
    """Draw a band around a cylinder of radius `r`."""
    ry = r * TILT if bow is None else bow
    left, right = n(cx - r), n(cx + r)
    s.path(
        f"M{left} {n(top)}A{n(r)} {n(ry)} 0 0 0 {right} {n(top)}V{n(bottom)}A{n(r)} {n(ry)} 0 0 1 {left} {n(bottom)}Z",
        s.turned_fill(colour),
    )


def lathe(s: Scene, cx: float, profile: Sequence[Point], colour: str, fill: str | None = None) -> None:
    """Draw a vessel from its half profile: (radius, y) from the top to the foot."""
    right = [(cx + r, y) for r, y in profile]
    left = [(cx - r, y) for r, y in reversed(profile)]
    foot = profile[-1][0]
    down = curve(right)
    arc = f"A{n(foot)} {n(foot * TILT)} 0 0 1 {n(cx - foot)} {n(profile[-1][1])}"
    s.path(down + arc + curve(left).replace("M", "L", 1) + "Z", fill or s.turned_fill(colour))


def mouth(s: Scene, cx: float, y: float, r: float, colour: str, inside: str | None = None, rim: float = 0.9) -> None:
    """Draw the open rim of a vessel and what is seen in it."""
    s.ellipse(cx, y, r, r * TILT, s.top_fill(colour))
    within = inside or dim(colour, 0.3)
    deep = s.gradient([(0, dim(within, 0.28), 1), (1, lit(within, 0.12), 1)], (0, 0, 1, 1))
    s.ellipse(cx, y + r * TILT * 0.12, r * rim, r * TILT * rim, deep)


def box(s: Scene, x: float, y: float, w: float, h: float, depth: float, colour: str, top: str | None = None) -> None:
    """Draw a box by its front (x, y, w, h); `depth` is how high its top is seen."""
    inset = depth * 0.55
    s.polygon([(x, y), (x + inset, y - depth), (x + w - inset, y - depth), (x + w, y)], s.top_fill(top or colour))
    s.rect(x, y, w, h, s.face_fill(colour), 1.5)


def ball(s: Scene, cx: float, cy: float, r: float, colour: str, ry: float | None = None) -> None:
    """Draw a ball, or an egg with another `ry`."""
    s.ellipse(cx, cy, r, ry or r, s.ball_fill(colour))


def gleam(s: Scene, points: Sequence[Point], width: float = 5, strength: float = 0.5) -> None:
    """Draw a streak of light."""
    s.line(points, WARM, width, opacity=strength)


def leaf(s: Scene, x: float, y: float, length: float, angle: float, colour: str = LEAF, width: float = 0.3) -> None:
    """Draw a leaf from its stem at (x, y)."""
    w = length * width
    with s.turned(angle, x, y):
        s.path(f"M0 0Q{n(length * 0.45)} {n(-w)} {n(length)} 0Q{n(length * 0.45)} {n(w)} 0 0Z", s.face_fill(colour))
        s.path(f"M0 0H{n(length * 0.82)}", stroke=lit(colour, 0.35), stroke_width=max(0.6, length * 0.03), opacity=0.7)


def sprig(s: Scene, x: float, y: float, angle: float, leaves: int = 5, size: float = 22, colour: str = LEAF) -> None:
    """Draw a twig with leaves to both sides."""
    with s.turned(angle, x, y):
        s.path(
            f"M0 0Q{n(leaves * size * 0.3)} -6 {n(leaves * size * 0.55)} 0", stroke=dim(colour, 0.3), stroke_width=1.8
        )
        for step in range(leaves):
            at = (step + 0.6) * size * 0.52
            leaf(s, at, -3, size, -48 if step % 2 else 44, colour)
        leaf(s, leaves * size * 0.55, 0, size, -4, colour)


def seal(s: Scene, x: float, y: float, size: float, colour: str = CINNABAR) -> None:
    """Draw a red seal with its upper left corner at (x, y): strokes, not words."""
    s.rect(x, y, size, size, colour, size * 0.16)
    u = size / 10
    strokes = f"M{n(x + 2 * u)} {n(y + 3 * u)}h{n(6 * u)}M{n(x + 5 * u)} {n(y + 2 * u)}v{n(6 * u)}"
    strokes += f"M{n(x + 2.5 * u)} {n(y + 5.4 * u)}h{n(5 * u)}M{n(x + 2 * u)} {n(y + 8 * u)}h{n(6 * u)}"
    s.path(strokes, stroke=PAPER, stroke_width=u * 0.9)


def bow(s: Scene, x: float, y: float, size: float, colour: str) -> None:
    """Draw a ribbon's bow with its knot at (x, y)."""
    with s.turned(0, x, y, size / 20):
        for side, shade in ((-1, lit(colour, 0.1)), (1, dim(colour, 0.1))):
            s.path(
                f"M0 0C{5 * side} 6 {7 * side} 16 {13 * side} 22L{17 * side} 17C{11 * side} 12 {8 * side} 6 0 0Z",
                dim(shade, 0.14),
            )
            s.path(
                f"M0 0C{4 * side} -13 {22 * side} -17 {22 * side} -6C{22 * side} 5 {8 * side} 5 0 0Z",
                s.face_fill(shade),
            )
            s.path(
                f"M0 0C{6 * side} -6 {14 * side} -9 {17 * side} -5C{14 * side} 1 {7 * side} 2 0 0Z",
                dim(shade, 0.3),
                opacity=0.55,
            )
        s.rect(-3.4, -3.6, 6.8, 7.6, s.face_fill(colour), 2.6)


def steam(s: Scene, x: float, y: float, size: float = 1) -> None:
    """Draw steam that rises from (x, y)."""
    for shift, tall in ((-6, 36), (6, 50)):
        u, at = tall * size / 2, x + shift * size
        wave = f"M{n(at)} {n(y)}c{n(-u * 0.45)} {n(-u * 0.4)} {n(u * 0.45)} {n(-u * 0.6)} 0 {n(-u)}"
        wave += f"s{n(u * 0.4)} {n(-u * 0.6)} 0 {n(-u)}"
        s.path(wave, stroke=WARM, stroke_width=2.8 * size, stroke_linecap="round", opacity=0.7)


def dish(s: Scene, cx: float, foot: float, r: float, colour: str, inside: str | None = None) -> None:
    """Draw a small open dish with its shadow; things put into it lie near y = foot - r * 0.36."""
    shadow(s, cx, foot, r * 0.75, 7)
    lathe(s, cx, [(r, foot - r * 0.36), (r * 0.82, foot - r * 0.14), (r * 0.5, foot)], colour)
    mouth(s, cx, foot - r * 0.36, r, colour, inside, 0.9)


def heap(s: Scene, cx: float, cy: float, rx: float, ry: float, colours: Sequence[str], size: float, seed: int) -> None:
    """Draw small round things heaped in an ellipse, the far ones first."""
    places = []
    for x, y, turn in scattered(seed, round(rx * ry / size)):
        px, py = (x - 0.5) * 2, (y - 0.5) * 2
        if px**2 + py**2 < 1:
            places.append((cy + py * ry - (1 - px**2) * ry * 0.5, cx + px * rx, turn))
    for y, x, turn in sorted(places):
        ball(s, x, y, size, colours[int(turn * len(colours)) % len(colours)], size * 0.78)


def flower(s: Scene, cx: float, cy: float, r: float, petals: int, colour: str, heart: str) -> None:
    """Draw an open blossom: up to six round petals, or a wreath of many narrow ones."""
    if petals > 6:
        reach = [(r if step % 2 else r * 0.55, step * pi / petals) for step in range(petals * 2)]
        rim = [(cx + cos(angle) * far, cy + sin(angle) * far) for far, angle in reach]
        s.polygon(rim, colour, stroke=dim(colour, 0.08), stroke_width=1.6, stroke_linejoin="round")
    for step in range(petals if petals <= 6 else 0):
        angle = step * 2 * pi / petals - pi / 2
        s.ellipse(cx + cos(angle) * r * 0.56, cy + sin(angle) * r * 0.56, r * 0.42, r * 0.42, colour)
    s.ellipse(cx, cy, r * 0.26, r * 0.26, heart)


def glass_jar(s: Scene, cx: float, top: float, foot: float, r: float, tint: str, lid: str) -> None:
    """Draw a jar of clear glass under a lid; draw what is in it between this and `glass_front`."""
    shadow(s, cx, foot, r)
    clear = [
        (0, dim(tint, 0.25), 0.9),
        (0.2, lit(tint, 0.6), 0.75),
        (0.6, lit(tint, 0.4), 0.6),
        (1, dim(tint, 0.3), 0.9),
    ]
    body = [(r * 0.8, top + 24), (r * 0.97, top + 38), (r, top + 60), (r, foot - 14), (r * 0.92, foot)]
    lathe(s, cx, body, tint, s.gradient([(at, colour, solid) for at, colour, solid in clear]))
    cylinder(s, cx, top, top + 26, r * 0.84, lid)


def glass_front(s: Scene, cx: float, top: float, foot: float, r: float) -> None:
    """Draw the light on the front of a glass jar, and its rim."""
    band(s, cx, top + 24, top + 29, r * 0.86, STEEL)
    gleam(s, [(cx - r * 0.76, top + 54), (cx - r * 0.78, foot - 20)], 6, 0.75)
    gleam(s, [(cx + r * 0.8, top + 66), (cx + r * 0.8, foot - 30)], 3, 0.4)


def crate(s: Scene, x: float, y: float, w: float, h: float, colour: str) -> None:
    """Draw the front of a wooden crate of three boards."""
    board = h / 3
    for step in range(3):
        top = y + step * board
        s.rect(x, top, w, board - 3, s.face_fill(lit(colour, 0.2 - step * 0.05)), 3)
        s.path(
            f"M{n(x + 12)} {n(top + 9)}q{n(w * 0.25)} 5 {n(w * 0.46)} 0t{n(w * 0.42)} 2",
            stroke=dim(colour, 0.25),
            opacity=0.5,
        )
    for px in (x + 8, x + w - 22):
        s.rect(px, y - 2, 14, h + 2, s.face_fill(dim(colour, 0.1)), 2)


def scattered(seed: int, count: int) -> Iterator[tuple[float, float, float]]:
    """Yield `count` triples of numbers from 0 to 1 that look thrown by hand and are the same every time."""
    state = seed * 2654435761 % 2**32
    for _ in range(count):
        triple: list[float] = []
        for _part in range(3):
            state = (state * 1664525 + 1013904223) % 2**32
            triple.append(state / 2**32)
        yield triple[0], triple[1], triple[2]
