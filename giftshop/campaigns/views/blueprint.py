"""The blueprint of campaigns, apart so that its pages can be split by what they do."""

from flask import Blueprint

from giftshop.campaigns.presenting import page_words

bp = Blueprint("campaigns", __name__)
bp.context_processor(page_words)
