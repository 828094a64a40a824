"""Files for volunteers: the starter kit, the agreement, the code of conduct. Pure."""

import io
import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import N_, Refused

MOST: Final = 20 * 1024 * 1024
TITLE_LENGTH: Final = 80

# Those that the catalogue has a title for, in the order in which they are shown.
KNOWN: Final = ("starter_kit", "agreement", "code_of_conduct")
FALLBACKS: Final = ("nl", "en")  # read when there is none in the reader's language

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_OF_WORD: Final = {"[Content_Types].xml", "word/document.xml"}
_MACROS: Final = "word/vbaProject.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file in one language, without its content.

    title    of a key that the catalogue does not know; else ""
    version  one more with each new file
    """

    id: int
    key: str
    language: str
    title: str
    file_name: str
    version: int
    changed_at: datetime


class NotThatFile(Refused):
    """Neither PDF nor Word."""

    sentence = N_("This is no PDF and no Word file (.docx). Please save it as PDF and try again.")


class Broken(Refused):
    """A part of the file is missing."""

    sentence = N_("This file is not complete: a part of it is missing. Please save it again.")


class HasMacros(Refused):
    """A Word file with programs in it."""

    sentence = N_("This Word file holds macros. Please save it without them, or as PDF.")


class TooLarge(Refused):
    """More than is sent."""

    sentence = N_("This file is too large: {most} MB at most.")

    def __init__(self) -> None:
        super().__init__(most=MOST // (1024 * 1024))


class StrangeKey(Refused):
    """No name that can stand on a button."""

    sentence = N_("A key has at most 32 of a-z, 0-9 and _, such as starter_kit.")


class NeedsTitle(Refused):
    """What is it called?"""

    sentence = N_("Please say what this document is called (--title), {most} characters at most.")

    def __init__(self) -> None:
        super().__init__(most=TITLE_LENGTH)


class Unchanged(Refused):
    """The same file again."""

    sentence = N_("This is the file that is there already. Nothing was changed.")


def extension(content: bytes) -> str:
    """What a file is, by what stands in it: "pdf" or "docx". Raises NotThatFile, Broken,
    HasMacros, TooLarge."""
    if len(content) > MOST:
        raise TooLarge
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise Broken
        return "pdf"
    if not content.startswith(b"PK"):
        raise NotThatFile
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
    except zipfile.BadZipFile as error:
        raise Broken from error
    if not names >= _OF_WORD:
        raise NotThatFile
    if _MACROS in names:
        raise HasMacros
    return "docx"


def named(key: str, title: str) -> tuple[str, str]:
    """Key and own title as they are kept. Raises StrangeKey, NeedsTitle."""
    if not _KEY.fullmatch(key):
        raise StrangeKey
    tidy = " ".join(title.split())
    if len(tidy) > TITLE_LENGTH or (not tidy and key not in KNOWN):
        raise NeedsTitle
    return key, tidy


def for_reader(found: Collection[Document], language: str | None) -> Sequence[Document]:
    """One of each key: in the reader's language, else in Dutch, in English, in any."""
    best: dict[str, Document] = {}
    for one in sorted(found, key=lambda each: (_rank(each.language, language), each.language)):
        best.setdefault(one.key, one)
    order = {key: at for at, key in enumerate(KNOWN)}
    return sorted(best.values(), key=lambda one: (order.get(one.key, len(KNOWN)), one.key))


def _rank(written_in: str, language: str | None) -> int:
    wanted = (language or "", *FALLBACKS)
    return wanted.index(written_in) if written_in in wanted else len(wanted)
