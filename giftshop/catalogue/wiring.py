"""Puts the catalogue onto the app."""

from __future__ import annotations

from giftshop.catalogue import service, suppliers
from giftshop.catalogue.addresses import picture_url
from giftshop.catalogue.sizes import picture_srcset
from giftshop.catalogue.views import bp
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import GiftShop, Inverse, MenuItem, staff

KEEPERS = frozenset({StaffRole.SALES, StaffRole.ADMINISTRATOR})
MENU = (
    MenuItem(
        N_("Gift books"),
        "catalogue.shelf",
        frozenset(MemberRole),
        10,
        "book",
        N_("Look at the books on offer, and at every gift in them."),
    ),
    MenuItem(
        N_("Items"),
        "catalogue.items",
        KEEPERS,
        10,
        "gift",
        N_("Write, picture and price what can be given; import a whole list."),
    ),
    MenuItem(
        N_("Suppliers"),
        "catalogue.suppliers",
        KEEPERS,
        12,
        "truck",
        N_("Keep those who send goods to the receiver themselves."),
    ),
    MenuItem(
        N_("Editions"),
        "catalogue.editions",
        KEEPERS,
        11,
        "book",
        N_("Put gift books together, offer them, and draw up the next edition."),
    ),
    MenuItem(
        N_("Collections"),
        "catalogue.collections",
        KEEPERS,
        11,
        "layout-grid",
        N_("What the shop shows by occasion, by recipient and by kind."),
    ),
    MenuItem(
        N_("Packaging and decoration"),
        "catalogue.making",
        KEEPERS,
        12,
        "package",
        N_("Boxes, bags, printing and engraving of gift sets, and what may not lie in one parcel."),
    ),
)


def init_app(app: GiftShop) -> None:
    """Add the pages of the catalogue; give every template `picture|picture_url`, and `picture_srcset` of that."""
    app.register_blueprint(bp)
    app.menu.extend(MENU)
    grants = (staff(*KEEPERS),)
    app.inverses["catalogue.withdraw_item"] = Inverse(service.offer_item, grants, N_("It is on offer again."))
    app.inverses["catalogue.change_supplier"] = Inverse(suppliers.use_again, grants, N_("It is in use again."))
    app.inverses["catalogue.close_edition"] = Inverse(service.reopen_edition, grants, N_("It is on offer again."))
    app.jinja_env.filters["picture_url"] = picture_url
    app.jinja_env.filters["picture_srcset"] = picture_srcset
