"""Answer files: read into memory, and checked for what a newcomer would stumble over."""

from bot.infodesk.importing.checking import path_of, problems
from bot.infodesk.importing.facts import read as read_facts
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.knowledge import Knowledge, knowledge_problems, read_knowledge
from bot.infodesk.importing.phrasing import AT_LEAST
from bot.infodesk.importing.proposing import text_faults
from bot.infodesk.importing.reading import read, read_leniently
from bot.infodesk.importing.rewriting import with_override

__all__ = [
    "AT_LEAST",
    "Fault",
    "Knowledge",
    "knowledge_problems",
    "path_of",
    "problems",
    "read",
    "read_facts",
    "read_knowledge",
    "read_leniently",
    "text_faults",
    "with_override",
]
