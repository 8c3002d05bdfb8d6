"""Brochures: gifts on paper for whoever decides: pictures, names, descriptions, and what they cost a person if wanted.

Owns no tables: reads editions on offer, a firm's gift sets, orders and campaigns, and lays them out the same way. It is
what a sales person hands over, and what a firm's buyer takes to their manager.
"""

from giftshop.brochures.composing import Brochure, Chapter, of_campaign, of_choice, of_order
from giftshop.brochures.papers import brochure_pdf

__all__ = ["Brochure", "Chapter", "brochure_pdf", "of_campaign", "of_choice", "of_order"]
