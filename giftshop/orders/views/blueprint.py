"""The blueprint of orders, apart so that its pages can be split by what they do."""

from flask import Blueprint

from giftshop.orders.presenting import page_words

bp = Blueprint("orders", __name__)
bp.context_processor(page_words)
