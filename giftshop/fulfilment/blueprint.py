"""The blueprint of the bench, apart so that its pages can be split by what they do; and who may use them."""

from flask import Blueprint

from giftshop.kernel.role import StaffRole
from giftshop.web import staff

bp = Blueprint("fulfilment", __name__, url_prefix="/dispatch")

bench = staff(StaffRole.FULFILMENT)
"""Who packs: sees names, telephones and addresses, and may do everything."""
onlookers = staff(
    StaffRole.FULFILMENT, StaffRole.HOTLINE, StaffRole.SALES, StaffRole.PRODUCTION, StaffRole.ADMINISTRATOR
)
"""Who may look how far a shipment is; those who do not pack see receivers masked."""
