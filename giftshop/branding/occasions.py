"""What a card says for an occasion, in each language: our words, which a firm may put its own in place of. Pure.

The large words of the Chinese ones are four characters, which designs set as a seal; messages say what is so of a
gift book, of a shopping card and of a gift set alike, and name neither the firm nor the gift.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from giftshop.kernel.locale import DEFAULT_LOCALE

MAX_HEADLINE: Final = 24
MAX_MESSAGE: Final = 120
"""Characters; as an order has them."""


class Occasion(StrEnum):
    """Why a firm gives."""

    SPRING_FESTIVAL = "spring_festival"
    """春节."""
    DRAGON_BOAT = "dragon_boat"
    """端午."""
    MID_AUTUMN = "mid_autumn"
    """中秋."""
    YEAR_END = "year_end"
    """岁末."""
    BIRTHDAY = "birthday"
    """生日."""
    ANNIVERSARY = "anniversary"
    """周年."""
    THANKS = "thanks"
    """答谢."""
    CONGRATULATIONS = "congratulations"
    """祝贺."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """The few large words on a card, and the sender's message under them."""

    headline: str
    message: str


GREETINGS: Final[Mapping[Occasion, Mapping[str, Greeting]]] = {
    Occasion.SPRING_FESTIVAL: {
        "en": Greeting(
            "Happy Chinese New Year",
            "Thank you for the year we have shared. May the new one bring you good health, good company and good luck.",
        ),
        "zh_Hans": Greeting(
            "新春快乐",
            "感谢您一年来的信任与支持。值此新春佳节，祝您和家人团圆美满、身体康健，新的一年诸事顺遂。",
        ),
    },
    Occasion.DRAGON_BOAT: {
        "en": Greeting(
            "Dragon Boat Festival",
            "Wishing you a peaceful festival, with the people you love around you and zongzi still warm from the pot.",
        ),
        "zh_Hans": Greeting(
            "端午安康",
            "粽叶飘香，又是一年端午。感谢您一直以来的支持，愿您与家人平安喜乐，夏日清宁。",
        ),
    },
    Occasion.MID_AUTUMN: {
        "en": Greeting(
            "Happy Mid-Autumn",
            "Wherever tonight’s full moon finds you, may you be among those you love. Thank you for working with us.",
        ),
        "zh_Hans": Greeting(
            "中秋快乐",
            "又到中秋，感念有您同行。谨备薄礼，聊表心意，愿您与家人月下团圆，平安喜乐。",
        ),
    },
    Occasion.YEAR_END: {
        "en": Greeting(
            "Season’s Greetings",
            "Another year well spent together. Thank you, and may the next one begin with rest, warmth and good news.",
        ),
        "zh_Hans": Greeting(
            "岁末感恩",
            "岁序更替，感念同行。谢谢您这一年的信任与付出，愿新年有新的欢喜，一切如愿。",
        ),
    },
    Occasion.BIRTHDAY: {
        "en": Greeting(
            "Happy Birthday",
            "A small gift for your day, with our wish that the year ahead will be a kind one.",
        ),
        "zh_Hans": Greeting(
            "生日快乐",
            "在这个属于您的日子，送上我们真诚的祝福。愿您健康常在，笑口常开，新的一岁事事顺心。",
        ),
    },
    Occasion.ANNIVERSARY: {
        "en": Greeting(
            "Celebrating with You",
            "This is our anniversary, and you are a part of it. Thank you for your trust along the way.",
        ),
        "zh_Hans": Greeting(
            "周年志庆",
            "周年之际，特别感谢一路同行的您。谨以此礼与您分享这份喜悦，期待与您携手走得更远。",
        ),
    },
    Occasion.THANKS: {
        "en": Greeting(
            "Thank You",
            "For your trust, your patience and your good company: thank you. We hope this brings you some joy.",
        ),
        "zh_Hans": Greeting(
            "感恩有您",
            "感谢您一直以来的信任与支持。一份心意，愿为您的日常添一点欢喜，也愿我们常来常往。",
        ),
    },
    Occasion.CONGRATULATIONS: {
        "en": Greeting(
            "Congratulations",
            "Well done, and well deserved. We are glad for you, and wish you every success in what comes next.",
        ),
        "zh_Hans": Greeting(
            "谨致祝贺",
            "欣闻喜讯，由衷为您高兴。谨以此礼致贺，祝您前程似锦，再创佳绩。",
        ),
    },
}
"""Our words for every occasion, by language."""


def suggested(occasion: Occasion, locale: str) -> Greeting:
    """Return our words for an occasion in `locale`, in English where we have written none."""
    known = GREETINGS[occasion]
    return known.get(locale, known[DEFAULT_LOCALE])
