"""Who fits what, looked up in memory. `Index` holds volunteers and what is open for them."""

from bot.volunteering.matching.index import Index, Shift
from bot.volunteering.matching.looking import (
    Looker,
    best_of,
    best_openings,
    best_seekers,
    near_the_best,
)
from bot.volunteering.matching.pairing import best_for

__all__ = [
    "Index",
    "Looker",
    "Shift",
    "best_for",
    "best_of",
    "best_openings",
    "best_seekers",
    "near_the_best",
]
