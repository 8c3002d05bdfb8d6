"""The picture of a set, composed as one SVG: a still life of its goods, its packaging and its greeting card.

Everything is in the file itself, goods and logos as pictures inside the picture, so that a browser fetches and runs
nothing for it. Whatever a person typed is text in it, escaped, without the characters that XML does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from giftshop import accounts, branding, catalogue
from giftshop.db import Reader
from giftshop.giftsets import queries
from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.picture.card import GreetingCard
from giftshop.giftsets.picture.goods import Good, Standing, stand
from giftshop.giftsets.picture.mark import Mark, Picture, ink_on_goods, inks
from giftshop.giftsets.picture.packaging import Body, packed
from giftshop.giftsets.picture.words import FAMILIES, text
from giftshop.giftsets.rules import Contents, Craft
from giftshop.paper import Palette

WIDTH: Final = 1200
HEIGHT: Final = 900
TABLE: Final = 548
"""Where the table begins."""
LOUPE: Final = 58


def picture_of(reader: Reader, found: GiftSet) -> bytes:
    """Return a set as an SVG."""
    return composed(reader, found.firm_id, queries.contents_of(reader, found.id), found.name)


def composed(reader: Reader, firm_id: int, contents: Contents, name: str) -> bytes:
    """Return what a firm's set of these contents looks like, as an SVG, whether there is such a set or not."""
    scene = _Scene(reader, firm_id, contents)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    return f"{head}<title>{text(name)}</title>{''.join(scene.drawn())}</svg>".encode()


def logo_picture(reader: Reader, firm_id: int, logo: branding.Logo) -> Picture:
    """Return a firm's logo, to be put into a picture."""
    media_type = "image/png" if logo.kind is branding.LogoKind.PNG else "image/svg+xml"
    return Picture(media_type, branding.logo_bytes(reader, firm_id, logo.id))


class _Scene:
    """What stands where, in the colours of the firm."""

    def __init__(self, reader: Reader, firm_id: int, contents: Contents) -> None:
        self.reader, self.firm_id, self.contents = reader, firm_id, contents
        look = branding.kit_of(reader, firm_id).look
        self.palette, self.lettering = Palette.of(look.accent), look.lettering
        places = catalogue.places_by_id(reader, [craft.place_id for craft in contents.crafts])
        known = [(craft, places[craft.place_id].place) for craft in contents.crafts]
        self.on_item = {place.item_id: craft for craft, place in known if place.item_id}
        self.on_packaging = next((craft for craft, place in known if place.packaging_id), None)

    def drawn(self) -> Iterator[str]:
        """Draw from the wall to what stands in front."""
        yield from self._ground()
        if self.contents.wrap:
            mark = self._mark(self.on_packaging) if self.on_packaging else None
            kind = catalogue.packaging(self.reader, self.contents.wrap.packaging_id).kind
            yield from packed(kind, Body.of(self.palette, mark, FAMILIES[self.lettering]))
        standing = stand(self._goods(), 60, self._right())
        for each in standing:
            yield from each.drawn()
        if not standing:
            yield from self._nothing()
        if self.contents.has_card:
            yield from self._card().drawn(952, 548, 3)
        for each in standing:
            yield from self._loupe(each)

    def _ground(self) -> Iterator[str]:
        """Wall, moon, light and table, as the drawings of goods have them, in a breath of the firm's colour."""
        wall, moon, far = (self.palette.washes[number] for number in (1, 0, 2))
        near = Palette.mixed(wall, far, 0.35)
        yield '<defs><linearGradient id="table" x1="0" y1="0" x2="0" y2="1">'
        yield f'<stop offset="0" stop-color="{far}"/><stop offset="1" stop-color="{near}"/></linearGradient>'
        yield '<linearGradient id="sheen" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" '
        yield 'stop-opacity=".2"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" '
        yield 'stop-color="#000" stop-opacity=".16"/></linearGradient><radialGradient id="shade"><stop offset="0" '
        yield 'stop-color="#2b2622" stop-opacity=".42"/><stop offset=".55" stop-color="#2b2622" stop-opacity=".19"/>'
        yield '<stop offset="1" stop-color="#2b2622" stop-opacity="0"/></radialGradient>'
        yield from inks(self.palette.foil, *(ink_on_goods(craft.kind, self.palette) for craft in self.contents.crafts))
        yield f'</defs><rect width="{WIDTH}" height="{HEIGHT}" fill="{wall}"/>'
        yield f'<circle cx="660" cy="372" r="306" fill="{moon}"/>'
        yield '<path d="M0 210L410 0H600L0 434z" fill="#fffaf0" opacity=".3"/>'
        yield '<path d="M0 490L690 0H758L0 560z" fill="#fffaf0" opacity=".2"/>'
        yield f'<rect y="{TABLE}" width="{WIDTH}" height="{HEIGHT - TABLE}" fill="url(#table)"/>'

    def _right(self) -> float:
        """Return how far to the right goods may stand."""
        if self.contents.wrap:
            return 800
        return 900 if self.contents.has_card else WIDTH - 44

    def _goods(self) -> list[Good]:
        items = catalogue.items_by_id(self.reader, [part.item_id for part in self.contents.parts])
        goods = []
        for part in self.contents.parts:
            name = items[part.item_id].picture or ""
            content = catalogue.picture_content(self.reader, name)
            goods.append(Good(name, Picture(*content) if content else None, part.quantity))
        return goods

    def _nothing(self) -> Iterator[str]:
        """Places that wait for goods."""
        for x, y, width, height in ((120, 560, 150, 210), (310, 500, 170, 290), (520, 610, 130, 160)):
            yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="20" fill="{self.palette.paper}" '
            yield f'fill-opacity=".45" stroke="{self.palette.washes[4]}" stroke-width="3" stroke-dasharray="4 12" '
            yield 'stroke-linecap="round"/>'

    def _card(self) -> GreetingCard:
        usual = branding.usual_logo(self.reader, self.firm_id)
        return GreetingCard(
            headline=self.contents.headline,
            greeting=self.contents.greeting,
            firm=accounts.firm(self.reader, self.firm_id).name,
            palette=self.palette,
            lettering=self.lettering,
            logo=logo_picture(self.reader, self.firm_id, usual) if usual else None,
        )

    def _mark(self, craft: Craft) -> Mark:
        if not craft.logo_id:
            return Mark(craft.kind, words=craft.text)
        logo = branding.logo(self.reader, self.firm_id, craft.logo_id)
        return Mark(craft.kind, logo=logo_picture(self.reader, self.firm_id, logo), is_pale=logo.is_pale)

    def _loupe(self, standing: Standing) -> Iterator[str]:
        """What is put onto a good, seen through a glass: where on it is said in words beside the picture."""
        craft = self.on_item.get(self.contents.parts[standing.number].item_id)
        if craft is None:
            return
        right, top = standing.shoulder
        x, y = min(max(right - 20, LOUPE + 8), WIDTH - LOUPE - 8), max(top + 34, LOUPE + 8)
        ink = ink_on_goods(craft.kind, self.palette)
        yield f'<circle cx="{x:.1f}" cy="{y + 5:.1f}" r="{LOUPE}" fill="#1c2723" opacity=".2"/>'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{LOUPE}" fill="#fffdf9" stroke="{self.palette.foil}" '
        yield 'stroke-width="5"/>'
        box = (x - LOUPE * 0.72, y - LOUPE * 0.45, LOUPE * 1.44, LOUPE * 0.9)
        yield from self._mark(craft).drawn(box, ink, FAMILIES[self.lettering])
