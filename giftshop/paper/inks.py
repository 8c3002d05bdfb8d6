"""From the colours of a screen (sRGB) to the inks of offset printing on coated paper (Coated FOGRA39, 300% at most).

Two profiles and LittleCMS do it, relative to the paper's white and with the black point compensated, as print houses
convert a firm's colours. Neutrals are an exception, since a hair's breadth between four plates gives grey a tint and
small letters a fringe:

- a pure grey (red, green and blue equal) is printed in black alone, in the tint that looks as light;
- so is text that is near black, and where nearly no paper shows through it, in solid black.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Final, NamedTuple

from PIL import Image, ImageCms

from giftshop.paper.fonts import ROOT

PROFILES: Final = ROOT / "static" / "vendor" / "icc"
PRESS_PROFILE: Final = PROFILES / "FOGRA39L_300.icc"
SCREEN_PROFILE: Final = PROFILES / "sRGB.icc"
NEAR_BLACK: Final = 0.10
"""Relative luminance below which text counts as near black, if it is grey enough."""
GREY_ENOUGH: Final = 0.10
"""How far apart the strongest and the weakest of red, green and blue of such a text may be."""
SOLID: Final = 0.85
"""From this tint of black on, text is printed solid: a screen of dots would make its edges ragged."""
GREYS: Final = 256

Rgb = tuple[float, float, float]


class Cmyk(NamedTuple):
    """Parts of full ink, 0 to 1."""

    cyan: float
    magenta: float
    yellow: float
    black: float


class Inks:
    """Converts colours and pictures. Made once in the life of the program: see `inks`."""

    def __init__(self) -> None:
        self._press = ImageCms.getOpenProfile(str(PRESS_PROFILE))
        self._separate = ImageCms.buildTransform(
            ImageCms.getOpenProfile(str(SCREEN_PROFILE)),
            self._press,
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        self._found: dict[tuple[int, int, int], Cmyk] = {}

    def of(self, colour: Rgb) -> Cmyk:
        """Return the inks of a surface or a line."""
        red, green, blue = (round(part * 255) for part in colour)
        if red == green == blue:
            return Cmyk(0, 0, 0, self.black_of_grey[red])
        if (red, green, blue) not in self._found:
            self._found[red, green, blue] = self._looked_up(red, green, blue)
        return self._found[red, green, blue]

    def of_text(self, colour: Rgb) -> Cmyk:
        """Return the inks of letters."""
        lightness = luminance(colour)
        if lightness > NEAR_BLACK or max(colour) - min(colour) > GREY_ENOUGH:
            return self.of(colour)
        black = self.black_of_grey[_grey_as_light(lightness)]
        return Cmyk(0, 0, 0, 1.0 if black >= SOLID else black)

    def picture(self, picture: Image.Image) -> Image.Image:
        """Return a picture in CMYK, or in mode L for the black plate alone (0 is full ink) where all of it is grey."""
        if picture.mode in {"1", "L"}:
            return picture.convert("L").point(self._grey_tints)
        coloured = picture.convert("RGB")
        red, green, blue = coloured.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            return red.point(self._grey_tints)
        separated = ImageCms.applyTransform(coloured, self._separate)
        if separated is None:
            raise AssertionError("a transform that is not in place returns a picture")
        return separated

    def _looked_up(self, *colour: int) -> Cmyk:
        separated = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), self._separate)
        inks = separated.getpixel((0, 0)) if separated else None
        if not isinstance(inks, tuple):
            raise AssertionError("a picture in CMYK has four inks")
        return Cmyk(*(round(ink / 255, 3) for ink in inks))

    @cached_property
    def black_of_grey(self) -> list[float]:
        """The tint of black that looks as light as each of the 256 greys, from black to white."""
        tints = self._lightness_of_tints()
        darkest = _from_lightness(tints[-1])
        wanted = (_lightness(darkest + (1 - darkest) * luminance((grey / 255,) * 3)) for grey in range(GREYS))
        return [round(_nearest(light, tints) / 255, 3) for light in wanted]

    def _lightness_of_tints(self) -> list[float]:
        """Return L* of 0 to 255 parts of black ink on the paper, the paper being 100."""
        transform = ImageCms.buildTransform(
            self._press,
            ImageCms.createProfile("LAB"),
            "CMYK",
            "LAB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        ramp = Image.frombytes("CMYK", (GREYS, 1), b"".join(bytes((0, 0, 0, tint)) for tint in range(GREYS)))
        measured = ImageCms.applyTransform(ramp, transform)
        if measured is None:
            raise AssertionError("a transform that is not in place returns a picture")
        return [lightness / 2.55 for lightness in measured.tobytes()[::3]]

    @cached_property
    def _grey_tints(self) -> list[int]:
        """The greys of the black plate, as DeviceGray has them: 255 for none."""
        return [255 - round(black * 255) for black in self.black_of_grey]


@cache
def inks() -> Inks:
    """Return the inks we print with."""
    return Inks()


def _nearest(light: float, tints: Sequence[float]) -> int:
    return min(range(len(tints)), key=lambda tint: abs(tints[tint] - light))


def luminance(colour: Rgb) -> float:
    """Return the light of a colour of a screen, from 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _grey_as_light(light: float) -> int:
    part = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(part * 255)


def _lightness(light: float) -> float:
    """Return L* of a luminance (CIE 1976)."""
    return 116 * light ** (1 / 3) - 16 if light > (6 / 29) ** 3 else light * (29 / 3) ** 3


def _from_lightness(lightness: float) -> float:
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / (29 / 3) ** 3
