"""Answer files: read into memory, and checked for what a newcomer would stumble over."""

from bot.infodesk.importing.checking import path_of, problems
from bot.infodesk.importing.facts import read as read_facts
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.knowledge import Knowledge, knowledge_problems, read_knowledge
from bot.infodesk.importing.phrasing import AT_LEAST
from bot.infodesk.importing.proposing import text_faults
from bot.infodesk.importing.reading import read, read_leniently
from bot.infodesk.importing.rewriting import with_override
from bot.infodesk.importing.teaching import INDEX, model_of, taught

__all__ = [
    "AT_LEAST",
    "INDEX",
    "Fault",
    "Knowledge",
    "knowledge_problems",
    "model_of",
    "path_of",
    "problems",
    "read",
    "read_facts",
    "read_knowledge",
    "read_leniently",
    "taught",
    "text_faults",
    "with_override",
]
