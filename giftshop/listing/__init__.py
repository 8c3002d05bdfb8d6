"""Lists: sorted by their headings, narrowed by fields, paged at any depth, exported; all of it told by the address.

A room declares a `Listing` in its `queries`: the rows as a statement, the columns, the fields. A view is then

    found = listing.show(queries.orders_list(reader(), firm_id))
    return found.file(presenting.ORDERS) or render_template("orders/index.html", found=found)

and its template draws `macros/listing.html`. What is exported is what the same statement gives, so whoever may not see
a row does not get it in a file either.
"""

from giftshop.listing.asked import Asked, ask
from giftshop.listing.declared import Choice, Column, Days, Field, Listing, Words, by_state, said_in
from giftshop.listing.export import Export
from giftshop.listing.reading import count, every, page
from giftshop.listing.shown import Chip, Control, Found, Heading, show

__all__ = [
    "Asked",
    "Chip",
    "Choice",
    "Column",
    "Control",
    "Days",
    "Export",
    "Field",
    "Found",
    "Heading",
    "Listing",
    "Words",
    "ask",
    "by_state",
    "count",
    "every",
    "page",
    "said_in",
    "show",
]
