"""Lines and shapes that the artwork of cards is drawn with, as the `d` of an SVG path; lengths in millimetres.

Pure geometry: flat shapes that any press can fill, no colour and no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, radians, sin

Point = tuple[float, float]


def polar(centre: Point, radius: float, turn: float) -> Point:
    """Return the point `radius` away from `centre`, `turn` degrees clockwise from the top."""
    angle = radians(turn)
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return a smooth line through `points` (Catmull-Rom), which ends where it began if `closed`."""
    count = len(points)
    last = count if closed else count - 1

    def at(place: int) -> Point:
        return points[place % count] if closed else points[min(max(place, 0), count - 1)]

    steps = [f"M{_pair(points[0])}"]
    for here in range(last):
        before, start, end, after = (at(here + step) for step in (-1, 0, 1, 2))
        leaving = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        arriving = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        steps.append(f"C{_pair(leaving)} {_pair(arriving)} {_pair(end)}")
    return "".join(steps) + ("Z" if closed else "")


def hill(ridge: Sequence[Point], foot: float) -> str:
    """Return the shape under a smooth `ridge`, down to the height `foot`."""
    return f"{curve(ridge)}L{_pair((ridge[-1][0], foot))}L{_pair((ridge[0][0], foot))}Z"


def blade(spine: Sequence[Point], width: float) -> str:
    """Return a leaf of grass along `spine`: widest a little below its middle, ending in a point."""
    last = len(spine) - 1
    sides: tuple[list[Point], list[Point]] = ([], [])
    for place, (x, y) in enumerate(spine):
        before, after = spine[max(place - 1, 0)], spine[min(place + 1, last)]
        across, down = after[0] - before[0], after[1] - before[1]
        length = hypot(across, down) or 1.0
        half = width / 2 * sin(pi * (place / last) ** 0.8) if 0 < place < last else 0.0
        half = max(half, width / 7) if place == 0 else half
        for side, sign in zip(sides, (1, -1), strict=True):
            side.append((x - sign * down / length * half, y + sign * across / length * half))
    back = curve(sides[1][::-1])
    return f"{curve(sides[0])}L{back[1:]}Z"


def petal(centre: Point, turn: float, reach: tuple[float, float], width: float, *, tip: float = 0.0) -> str:
    """Return a petal that points away from `centre`, from and to the distances `reach`; `tip` 1 makes it pointed."""
    inner, outer = reach
    length = outer - inner
    base = polar(centre, inner, turn)

    def beside(along: float, aside: float) -> Point:
        x, y = polar(centre, inner + along * length, turn)
        right = polar((0, 0), aside * width, turn + 90)
        return x + right[0], y + right[1]

    shoulder, blunt = 0.5 + 0.45 * (1 - tip), 0.125 * (1 - tip)
    up = (beside(0.25, -0.55), beside(shoulder, -0.55), beside(1, -blunt))
    down = (beside(shoulder, 0.55), beside(0.25, 0.55), base)
    return f"M{_pair(base)}C{_pairs(up)}L{_pair(beside(1, blunt))}C{_pairs(down)}Z"


def crescent(centre: Point, turn: float, radius: float, span: float, thick: float) -> str:
    """Return the little moon that scissors cut into paper: on a circle round `centre`, `span` degrees wide."""
    start, end = polar(centre, radius, turn - span / 2), polar(centre, radius, turn + span / 2)
    outer, inner = (polar(centre, radius + push, turn) for push in (thick * 2, thick * 0.2))
    return f"M{_pair(start)}Q{_pair(outer)} {_pair(end)}Q{_pair(inner)} {_pair(start)}Z"


def lens(one: Point, first: float, other: Point, second: float) -> str:
    """Return what two circles (centre, radius each) that cross have in common.

    Raises:
        ValueError: they do not cross.

    """
    across, down = other[0] - one[0], other[1] - one[1]
    distance = hypot(across, down)
    if not abs(first - second) < distance < first + second:
        raise ValueError("circles that do not cross")
    along = (first**2 - second**2 + distance**2) / (2 * distance)
    aside = (first**2 - along**2) ** 0.5
    middle = (one[0] + along * across / distance, one[1] + along * down / distance)
    upper = (middle[0] + aside * down / distance, middle[1] - aside * across / distance)
    lower = (middle[0] - aside * down / distance, middle[1] + aside * across / distance)
    near = int(along < 0)
    far = int(along > distance)
    return (
        f"M{_pair(upper)}A{first:g} {first:g} 0 {near} 1 {_pair(lower)}A{second:g} {second:g} 0 {far} 1 {_pair(upper)}Z"
    )


def engraved(centre: Point, radii: tuple[float, float], waves: int, phase: float) -> str:
    """Return one thread of a guilloche: a closed line that swings between two `radii`, `waves` times around."""
    middle, swing = sum(radii) / 2, (radii[1] - radii[0]) / 2
    count = waves * 8
    turns = [360 * step / count for step in range(count)]
    return curve(
        [polar(centre, middle + swing * sin(radians(turn * waves + phase)), turn) for turn in turns], closed=True
    )


def polygon(centre: Point, radius: float, corners: int) -> str:
    """Return a regular polygon that stands on a corner."""
    return "M" + "L".join(_pair(polar(centre, radius, 360 * corner / corners)) for corner in range(corners)) + "Z"


def dot(centre: Point, radius: float) -> str:
    """Return a circle as a path, so that very many are one shape."""
    left, across = _pair((centre[0] - radius, centre[1])), f"{radius:g} {radius:g} 0 1 1 {2 * radius:g} 0"
    return f"M{left}a{across}a{across.replace(f' {2 * radius:g} 0', f' {-2 * radius:g} 0')}Z"


def honeycomb(first: Point, pitch: float, columns: int, rows: int) -> list[tuple[Point, int]]:
    """Return the centres of cells that touch six others, each with the 0, 1 or 2 that none of its neighbours has."""
    height = pitch * 3**0.5 / 2
    return [
        ((first[0] + (column + row % 2 / 2) * pitch, first[1] + row * height), (column - row // 2 - row) % 3)
        for row in range(rows)
        for column in range(columns)
    ]


def _pairs(points: Sequence[Point]) -> str:
    return " ".join(map(_pair, points))


def _pair(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"
