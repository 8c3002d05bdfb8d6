"""What a still life is drawn on: colours, gradients and plain shapes.

The eye looks at the table from the front and a little above; the light comes from the upper left. A picture is
400 by 400 units; the table begins at HORIZON, and things stand with their feet near FLOOR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

HORIZON: Final = 262
FLOOR: Final = 322
TILT: Final = 0.17
"""How far circles on the table are seen from above: 0 from the side, 1 from the top."""

WARM: Final = "#fffaf0"
"""The light."""
COOL: Final = "#1f2b33"
"""What it does not reach."""

PORCELAIN: Final = "#f4f2ea"
PAPER: Final = "#f3ead6"
CINNABAR: Final = "#b83a2b"
GOLD: Final = "#c79a4b"
JADE: Final = "#2f6f5e"
CELADON: Final = "#9cbcab"
INDIGO: Final = "#33507a"
WOOD: Final = "#a9764a"
WALNUT: Final = "#6d4630"
STEEL: Final = "#aeb7bb"
INK: Final = "#2b3237"
LEAF: Final = "#4f7a4a"
AMBER: Final = "#d9902f"
PLUM: Final = "#7b3a52"


@dataclass(frozen=True, slots=True)
class Palette:
    """The room a thing stands in, and the two colours of whatever about it may be chosen."""

    wall: str
    moon: str
    table: str
    main: str
    second: str


PALETTES: Final = {
    "celadon": Palette("#d9e4dc", "#ebf1eb", "#c3d3c8", JADE, GOLD),
    "blush": Palette("#f1ddd3", "#f9ebe3", "#e2c5b7", CINNABAR, PORCELAIN),
    "mist": Palette("#d7e1ea", "#e9eff4", "#c0cfdb", INDIGO, PORCELAIN),
    "sand": Palette("#ece2cd", "#f6efdf", "#dacaa9", "#b98b4e", JADE),
    "dusk": Palette("#e3d9e2", "#f0e9ee", "#cdbfcd", PLUM, GOLD),
}


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` in it; both are "#rrggbb"."""
    parts = (round(int(colour[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


def lit(colour: str, share: float) -> str:
    """Return `colour` with more light on it."""
    return mixed(colour, WARM, share)


def dim(colour: str, share: float) -> str:
    """Return `colour` with less light on it."""
    return mixed(colour, COOL, share)


def n(value: float) -> str:
    """Return a number as short as a tenth of a unit allows."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


Stop = tuple[float, str, float]
"""Where on the gradient (0 to 1), colour, opacity."""
Point = tuple[float, float]


@dataclass
class Scene:
    """A picture being drawn: shapes in order, and the gradients they share."""

    palette: Palette
    shapes: list[str] = field(default_factory=list)
    gradients: dict[str, str] = field(default_factory=dict)

    def add(self, tag: str, fill: str = "none", **attributes: object) -> None:
        """Draw one shape. `stroke_width=2` becomes stroke-width="2"."""
        words = "".join(
            f' {name.replace("_", "-")}="{n(value) if isinstance(value, float | int) else value}"'
            for name, value in attributes.items()
        )
        self.shapes.append(f'<{tag} fill="{fill}"{words}/>')

    def path(self, d: str, fill: str = "none", **attributes: object) -> None:
        """Draw a path."""
        self.add("path", fill, d=d, **attributes)

    def polygon(self, points: Iterable[Point], fill: str, **attributes: object) -> None:
        """Draw a closed straight-edged shape."""
        self.add("polygon", fill, points=" ".join(f"{n(x)},{n(y)}" for x, y in points), **attributes)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: str, **attributes: object) -> None:
        """Draw an ellipse."""
        self.add("ellipse", fill, cx=cx, cy=cy, rx=rx, ry=ry, **attributes)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, r: float = 0, **attributes: object) -> None:
        """Draw a rectangle with corners of radius `r`."""
        self.add("rect", fill, x=x, y=y, width=w, height=h, rx=r, **attributes)

    def line(self, points: Sequence[Point], colour: str, width: float, **attributes: object) -> None:
        """Draw a smooth line through `points`."""
        self.add(
            "path", "none", d=curve(points), stroke=colour, stroke_width=width, stroke_linecap="round", **attributes
        )

    @contextmanager
    def turned(self, degrees: float, x: float, y: float, scale: float = 1) -> Iterator[None]:
        """Draw what follows around (0, 0), turned and put at (x, y)."""
        self.shapes.append(f'<g transform="translate({n(x)} {n(y)}) rotate({n(degrees)}) scale({scale:g})">')
        yield
        self.shapes.append("</g>")

    @contextmanager
    def nearer(self, scale: float) -> Iterator[None]:
        """Draw what follows larger, around the middle of the table's front."""
        x, y = 200 * (1 - scale), 312 * (1 - scale)
        self.shapes.append(f'<g transform="translate({n(x)} {n(y)}) scale({scale:g})">')
        yield
        self.shapes.append("</g>")

    def gradient(self, stops: Iterable[Stop], vector: tuple[float, float, float, float] = (0, 0, 1, 0)) -> str:
        """Return the fill that runs along `vector` of a shape's box."""
        x1, y1, x2, y2 = vector
        return self._fill(f'<linearGradient x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"', stops, "linearGradient")

    def radial(self, stops: Iterable[Stop], cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """Return the fill that runs outwards from a point of a shape's box."""
        return self._fill(f'<radialGradient cx="{cx:g}" cy="{cy:g}" r="{r:g}"', stops, "radialGradient")

    def _fill(self, head: str, stops: Iterable[Stop], tag: str) -> str:
        inner = "".join(
            f'<stop offset="{at:g}" stop-color="{colour}"' + (f' stop-opacity="{solid:g}"/>' if solid < 1 else "/>")
            for at, colour, solid in stops
        )
        name = self.gradients.setdefault(f"{head}>{inner}</{tag}>", f"g{len(self.gradients) + 1}")
        return f"url(#{name})"

    def turned_fill(self, colour: str) -> str:
        """Return the fill of a thing turned on a wheel: bright left of the middle, dark on the right."""
        stops = [(0, lit(colour, 0.04), 1), (0.24, lit(colour, 0.3), 1), (0.52, colour, 1)]
        return self.gradient([*stops, (0.88, dim(colour, 0.3), 1), (1, dim(colour, 0.22), 1)])

    def ball_fill(self, colour: str) -> str:
        """Return the fill of a ball."""
        stops = [(0, lit(colour, 0.42), 1), (0.45, colour, 1), (1, dim(colour, 0.36), 1)]
        return self.radial(stops, 0.34, 0.28, 0.8)

    def face_fill(self, colour: str) -> str:
        """Return the fill of a flat front: from light at the upper left to shade at the lower right."""
        return self.gradient([(0, lit(colour, 0.16), 1), (0.5, colour, 1), (1, dim(colour, 0.16), 1)], (0, 0, 1, 1))

    def top_fill(self, colour: str) -> str:
        """Return the fill of what faces the ceiling."""
        return self.gradient([(0, lit(colour, 0.42), 1), (1, lit(colour, 0.12), 1)], (0, 0, 1, 1))

    def svg(self) -> str:
        """Return the picture."""
        defs = "".join(body.replace(" ", f' id="{name}" ', 1) for body, name in self.gradients.items())
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
            f"<defs>{defs}</defs>{''.join(self.shapes)}</svg>\n"
        )


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return path data of a smooth line through `points` (Catmull-Rom, as Bézier curves)."""
    ring = list(points)
    before, after = (ring[-1], ring[0]) if closed else (ring[0], ring[-1])
    around = [before, *ring, after] if not closed else [before, *ring, after, ring[1]]
    data = f"M{n(ring[0][0])} {n(ring[0][1])}"
    for p0, p1, p2, p3 in zip(around, around[1:], around[2:], around[3:], strict=False):
        one = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        two = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        data += "C" + " ".join(f"{n(x)} {n(y)}" for x, y in (one, two, p2))
    return data + ("Z" if closed else "")
