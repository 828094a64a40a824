"""What is shipped beside the code, read once for all tests of a process."""

from functools import cache

from bot.app import shipped
from bot.app.shipped import Shipped


@cache
def files() -> Shipped:
    """All of it; nobody may change it."""
    return shipped.read()
