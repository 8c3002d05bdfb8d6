from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from giftshop.imaging import (
    Limits,
    NotAPicture,
    PictureDamaged,
    PictureTooLarge,
    PictureTooSmall,
    as_png,
    as_webp,
    open_raster,
)
from giftshop.kernel.errors import Refused
from tests.limits import verdicts

LIMITS = Limits(max_side=200)


def judge(raw: bytes) -> None:
    """What the tests in a process of their own call."""
    as_webp(open_raster(raw, Limits(), field="picture"))


def drawn(mode: str = "RGB", size: tuple[int, int] = (300, 100)) -> Image.Image:
    """A picture that is dark on its left and light on its right."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="black")
    if mode == "I;16":
        return image.convert("L").convert("I").point(lambda value: value * 256).convert("I;16")
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *, content: bytes = b"", extra: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", zlib.compress(content, 9)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "mode"), [
    ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "1"), ("PNG", "I;16"),
    ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB"), ("WEBP", "RGBA"),
])  # fmt: skip
def test_every_kind_of_picture_comes_out_as_it_looks(kind: str, mode: str) -> None:
    image = open_raster(saved(drawn(mode), kind), LIMITS, field="picture")
    assert image.size == (200, 67)
    left, right = image.convert("L").getpixel((20, 30)), image.convert("L").getpixel((180, 30))
    assert isinstance(left, int)
    assert isinstance(right, int)
    assert left < 20
    assert right > 235
    for written in (as_png(image), as_webp(image)):
        assert Image.open(io.BytesIO(written)).size == (200, 67)


def test_transparency_stays() -> None:
    image = open_raster(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"), LIMITS, field="picture")
    assert Image.open(io.BytesIO(as_png(image))).convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


def test_a_photograph_taken_upright_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    facts = Image.Exif()
    facts[0x0112] = 6  # turned by a quarter
    facts[0x010E] = "at the lake, 30.24N 120.14E"
    image = open_raster(saved(drawn(), "JPEG", exif=facts, comment=b"secret"), LIMITS, field="picture")
    assert image.size == (67, 200)
    for written in (as_png(image), as_webp(image)):
        assert b"lake" not in written
        assert b"secret" not in written
        assert not Image.open(io.BytesIO(written)).getexif()


def test_a_small_picture_is_not_blown_up() -> None:
    assert open_raster(saved(drawn(size=(30, 10)), "PNG"), LIMITS, field="picture").size == (30, 10)


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", NotAPicture),
        (b"GIF89a" + bytes(100), NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPicture),
        (b"%PDF-1.7", NotAPicture),
        (b"\x89PNG\r\n\x1a\n", PictureDamaged),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", PictureDamaged),
        (saved(drawn(), "JPEG")[:200], PictureDamaged),
        (png(60_000, 60_000), PictureTooLarge),
        (bytes(13 * 2**20), PictureTooLarge),
        (b"\xff\xd8\xff" + b"\xff\xda" * 1000, PictureTooLarge),
        (saved(drawn(size=(5, 4)), "PNG"), PictureTooSmall),
    ],
)
def test_what_is_no_good_picture_is_refused_at_its_field(raw: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        open_raster(raw, Limits(min_side=10), field="picture")
    assert refused.value.field == "picture"


def test_hostile_pictures_stay_within_the_limits(tmp_path: Path) -> None:
    text_bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200 * 2**20), 9))
    profile_bomb = chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(200 * 2**20), 9))
    files = {
        "60,000 pixels a side": png(60_000, 60_000),
        "24 million pixels of nothing": png(6000, 4000, content=bytes(6000 * 4 * 4000 + 4000)),
        "more pixels than were promised": png(10, 10, content=bytes(500 * 2**20)),
        "a text that unpacks to 200 MB": png(10, 10, content=bytes(410), extra=text_bomb),
        "a profile that unpacks to 200 MB": png(10, 10, content=bytes(410), extra=profile_bomb),
        "a progressive photograph": saved(drawn(size=(5600, 4200)), "JPEG", progressive=True, subsampling=0),
        "a large WebP": saved(drawn("RGBA", size=(5600, 4200)), "WEBP", lossless=True, quality=0, method=0),
    }
    told = verdicts(f"{__name__}:judge", files, tmp_path)
    assert told["60,000 pixels a side"] == "PictureTooLarge"
    assert {name: verdict for name, verdict in told.items() if ":" in verdict or verdict == "too slow"} == {}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_bytes_turned_over_at_random_never_crash(kind: str) -> None:
    chance, sound = random.Random(2026), saved(drawn(), kind)
    for _ in range(200):
        raw = bytearray(sound)
        for _ in range(chance.randint(1, 10)):
            raw[chance.randrange(3, len(raw))] = chance.randrange(256)
        try:
            as_png(open_raster(bytes(raw), LIMITS, field="picture"))
        except Refused:
            continue
