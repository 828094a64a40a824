"""What can be done with the roster. One use case per function; none commits."""

from bot.duty.service.changing import (
    add,
    add_line,
    difference,
    remove_line,
    remove_one,
    replace_all,
    require_coordinator,
)
from bot.duty.service.closing import close, open_again, open_one
from bot.duty.service.reading import Office, look, news, read

__all__ = [
    "Office",
    "add",
    "add_line",
    "close",
    "difference",
    "look",
    "news",
    "open_again",
    "open_one",
    "read",
    "remove_line",
    "remove_one",
    "replace_all",
    "require_coordinator",
]
