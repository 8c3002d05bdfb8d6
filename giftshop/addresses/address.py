"""Where a parcel goes, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from giftshop.addresses.divisions import division_named


@dataclass(frozen=True, slots=True)
class Address:
    """A place a parcel can be taken to, in the words of its country.

    `country` is ISO 3166-1 alpha-2. `region`, `city` and `district` go from large to small and are empty where the
    country has no such level: CN 广东省, 广州市, 天河区; HK 九龙, 油尖旺区; US CA, Mountain View. `street` is all the
    rest, its lines separated by newlines. A Chinese municipality is its own city: 北京市, 北京市, 朝阳区.
    """

    country: str
    region: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""

    @property
    def division_code(self) -> str:
        """The GB/T 2260 code of the deepest level known in China, such as "440106", or an empty string."""
        for names in ((self.region, self.city, self.district), (self.region, self.city), (self.region,)):
            division = division_named(self.country, *names)
            if division and division.code:
                return division.code
        return ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes a parcel in. `phone` is E.164 (+8613812345678)."""

    name: str
    phone: str
    address: Address
