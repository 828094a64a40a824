"""Answer files: read into memory, and checked for what a newcomer would stumble over."""

from bot.infodesk.importing.checking import problems
from bot.infodesk.importing.facts import read as read_facts
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.reading import read, read_leniently

__all__ = ["Fault", "problems", "read", "read_facts", "read_leniently"]
