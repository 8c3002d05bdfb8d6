"""The pages of campaigns. Importing the modules hangs their routes on the blueprint."""

from giftshop.campaigns.views import decision, index, lists, nominating, plan, public, reviews, visits
from giftshop.campaigns.views.blueprint import bp

__all__ = ["bp", "decision", "index", "lists", "nominating", "plan", "public", "reviews", "visits"]
