"""The pages of campaigns. Importing the modules hangs their routes on the blueprint."""

from giftshop.campaigns.views import decision, erasing, index, lists, nominating, plan, public, reviews, visits
from giftshop.campaigns.views.blueprint import bp

__all__ = ["bp", "decision", "erasing", "index", "lists", "nominating", "plan", "public", "reviews", "visits"]
