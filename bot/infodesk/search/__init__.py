"""How an answer is found; upper floors say `from bot.infodesk.search import Search`."""

from bot.infodesk.search.engine import Search
from bot.infodesk.search.phrases import Phrases
from bot.infodesk.search.text import normalised

__all__ = ["Phrases", "Search", "normalised"]
