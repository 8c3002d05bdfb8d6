"""Gradients made into inks: a gradient that is straight in the colours of a screen is a curve in those of a press.

Each stretch between two colours is cut into short ones that are straight, so that stops stay where they are, hard ones
too. Axial and radial gradients are all that WeasyPrint writes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, Final

import pikepdf
from pikepdf import Name, Object

from giftshop.paper.errors import ColourNotSeparable
from giftshop.paper.inks import Rgb

PIECES: Final = 12
"""Straight pieces that stand for a stretch between two colours."""
AXIAL_AND_RADIAL: Final = {2, 3}
EXPONENTIAL, STITCHING = 2, 3
"""Kinds of functions (ISO 32000-1, 7.10)."""
Convert = Callable[[Rgb], tuple[float, ...]]


def separated_shading(pdf: pikepdf.Pdf, shading: Object, convert: Convert, space: str) -> Object:
    """Return `shading` with each of its colours put through `convert`, in colour space `space`.

    Raises:
        ColourNotSeparable: it is no axial or radial gradient between greys, or between colours of a screen.

    """
    if shading.get("/ShadingType") not in AXIAL_AND_RADIAL:
        raise ColourNotSeparable(what="ShadingType")
    if str(shading.get("/ColorSpace")) not in {"/DeviceRGB", "/DeviceGray"}:
        raise ColourNotSeparable(what="ColorSpace")
    new = pikepdf.Dictionary({key: fact for key, fact in shading.items() if key != "/Background"})
    new["/ColorSpace"] = Name(space)
    new["/Function"] = _function(shading["/Function"], convert, None)
    if "/Background" in shading:
        new["/Background"] = pikepdf.Array(convert(_rgb([float(part) for part in shading["/Background"]])))
    return pdf.make_indirect(new)


def _function(function: Object, convert: Convert, over: tuple[float, float] | None) -> Object:
    """Return `function` in the new colours; `over` is the stretch of it that is used, or None for its domain."""
    kind = function.get("/FunctionType") if isinstance(function, pikepdf.Dictionary) else None
    if kind == STITCHING:
        ends = [float(end) for end in function["/Encode"]]
        pairs = zip(function["/Functions"], zip(ends[::2], ends[1::2], strict=True), strict=True)
        new = pikepdf.Dictionary(dict(function.items()))
        new["/Functions"] = pikepdf.Array([_function(part, convert, stretch) for part, stretch in pairs])
        return new
    if kind != EXPONENTIAL:
        raise ColourNotSeparable(what="FunctionType")
    low, high = sorted(over or [float(end) for end in function["/Domain"]])
    return _curve(function, convert, low, high)


def _curve(function: Object, convert: Convert, low: float, high: float) -> Object:
    places = [low + (high - low) * step / PIECES for step in range(PIECES + 1)]
    colours = [[round(part, 4) for part in convert(_rgb(_value(function, place)))] for place in places]
    if all(colour == colours[0] for colour in colours):
        return _straight(colours[0], colours[0], low, high)
    return pikepdf.Dictionary(
        FunctionType=STITCHING,
        Domain=[low, high],
        Bounds=places[1:-1],
        Encode=[0, 1] * PIECES,
        Functions=[_straight(one, other, 0, 1) for one, other in itertools.pairwise(colours)],
    )


def _straight(one: Sequence[float], other: Sequence[float], low: float, high: float) -> Object:
    return pikepdf.Dictionary(FunctionType=EXPONENTIAL, Domain=[low, high], C0=list(one), C1=list(other), N=1)


def _value(function: Any, place: float) -> list[float]:
    """Return what an exponential function gives at `place`."""
    start = [float(part) for part in function.get("/C0", [0])]
    end = [float(part) for part in function.get("/C1", [1])]
    exponent = float(function["/N"])
    grown = place**exponent if place > 0 else float(exponent == 0)
    return [a + (b - a) * grown for a, b in zip(start, end, strict=True)]


def _rgb(parts: Sequence[float]) -> Rgb:
    inside = [min(max(part, 0.0), 1.0) for part in parts]
    return (inside[0], inside[1], inside[2]) if len(inside) == 3 else (inside[0], inside[0], inside[0])
