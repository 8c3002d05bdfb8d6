"""The Mid-Autumn campaign's list: 390 made-up people of Guangdong, as its sales people would hand it in.

The groups and their sizes are the plan's; names, streets and telephone numbers are drawn by a fixed seed, so that the
list is the same every time. The numbers are of the right form and nobody's on purpose.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from giftshop.addresses import regions_of

HEADINGS: Final = ("客户类型", "客户姓名", "地址", "联系电话", "等级")
GROUPS: Final = (("老客户", 80, "标准"), ("经销商", 50, "标准"), ("重点准客户", 200, "重点"), ("到访客户", 60, "标准"))
"""Kind of client, how many of them the plan names, and their grade."""

SURNAMES: Final[tuple[str, ...]] = (*"陈李黄张梁林王吴刘何罗郑冯叶苏曾谢邓彭莫麦潘邱区", "欧阳")
GIVEN: Final = (
    "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀英华慧巧美娜云莲真环雪荣爱妹霞香月莺媛瑞"
    "凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓"
)
STREETS: Final = (
    "中山路",
    "人民路",
    "解放路",
    "建设路",
    "环市路",
    "东风路",
    "体育路",
    "科技路",
    "工业大道",
    "迎宾大道",
    "滨江路",
    "文明路",
)
PLACES: Final = ("", "科技园3栋", "商务中心12楼", "工业区A座", "花园5栋1单元", "大厦806室", "创业园2号楼")


@dataclass(frozen=True, slots=True)
class Nominee:
    """One row of the campaign's form, in the order of its headings."""

    kind: str
    name: str
    address: str
    phone: str
    grade: str


def nominees(*, seed: int = 2004) -> list[Nominee]:
    """Return 390 people: 80 old clients, 50 dealers, 200 key prospects, 60 visitors. No two share a phone."""
    draw = random.Random(seed)  # noqa: S311 -- made-up people, not secrets
    guangdong = next(region for region in regions_of("CN") if region.name == "广东省")
    districts = [district for city in guangdong.children for district in city.children]
    phones = draw.sample(range(10_000_000, 99_999_999), sum(size for _kind, size, _grade in GROUPS))
    people: list[Nominee] = []
    for kind, size, grade in GROUPS:
        for _ in range(size):
            place = "".join(dict.fromkeys(division.name for division in draw.choice(districts).path))
            street = f"{draw.choice(STREETS)}{draw.randint(1, 899)}号{draw.choice(PLACES)}"
            phone = f"1{draw.choice((35, 36, 37, 38, 39, 58, 59, 86, 88))}{phones[len(people)]:08d}"
            people.append(Nominee(kind, _name(draw), place + street, phone, grade))
    return people


def nominations_file(encoding: str = "gbk") -> bytes:
    """Return the list as the CSV that a spreadsheet of the firm writes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(astuple(person) for person in nominees())
    return out.getvalue().encode(encoding)


def lay_out(folder: Path) -> Path:
    """Put the list where somebody can pick it to upload, if it does not lie there. Returns its path."""
    path = folder / "nominations.csv"
    if not path.exists():
        path.write_bytes(nominations_file())
    return path


def _name(draw: random.Random) -> str:
    surname = draw.choice(SURNAMES)
    return surname + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2, 2))))
