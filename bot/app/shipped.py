"""What lies in files beside the code: words, answers and their search, places, leaflets, and the
Dutch phrases of the day.
"""

from dataclasses import dataclass

from bot.app.settings import LOCALES, ROOT
from bot.dutch import importing as dutch_importing
from bot.dutch.domain import Course
from bot.infodesk import importing
from bot.infodesk.domain import Library
from bot.infodesk.importing import Knowledge
from bot.infodesk.search import Search
from bot.language.catalog import Catalogs

KNOWLEDGE = ROOT / "knowledge"


@dataclass(frozen=True, slots=True)
class Shipped:
    """All of it, in memory. Nobody changes it, so several houses may stand on one."""

    catalogs: Catalogs
    library: Library
    search: Search
    knowledge: Knowledge
    course: Course


def read() -> Shipped:
    """Reading takes a second. Raises Misconfigured that lists what to mend."""
    catalogs = Catalogs.load(LOCALES)
    library = importing.read(LOCALES)
    return Shipped(
        catalogs=catalogs,
        library=library,
        search=Search(library, importing.model_of(LOCALES, library)),
        knowledge=importing.read_knowledge(KNOWLEDGE, LOCALES, library),
        course=dutch_importing.read(KNOWLEDGE, LOCALES),
    )
