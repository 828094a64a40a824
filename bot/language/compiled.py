"""A catalogue ready for use: each text with its forms, and the rule for plurals.

Parsing `bot.po` takes ten times as long as reading what was made of it, and every start and every
command would do it. So that is kept beside the file, as `bot.compiled`, until the file changes.
"""

import hashlib
from pathlib import Path
from typing import Final

import msgspec
from babel.messages.pofile import read_po

from bot.language import kept

KEPT: Final = "bot.compiled"
_SHAPE: Final = b"1"  # changes with what is made of a file

Key = tuple[str | None, str]
Texts = dict[Key, tuple[str, ...]]
Rows = tuple[tuple[str | None, str, tuple[str, ...]], ...]


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """The file. texts: context, message, its forms; plural: the rule as gettext writes it."""

    made_of: bytes
    plural: str
    texts: Rows


def read(path: Path, babel_locale: str) -> tuple[Texts, str]:
    """The texts of a `bot.po` and its rule for plurals, without what is fuzzy or lacks a form."""
    source = path.read_bytes()
    made_of = hashlib.sha256(_SHAPE + source).digest()
    found = kept.read(path.with_name(KEPT), Compiled)
    if found is None or found.made_of != made_of:
        texts, plural = _parsed(source, babel_locale)
        found = Compiled(made_of, plural, texts)
        kept.write(path.with_name(KEPT), found)
    return {(context, msgid): forms for context, msgid, forms in found.texts}, found.plural


def _parsed(source: bytes, babel_locale: str) -> tuple[Rows, str]:
    # "Where it is said" is half of the parser's time.
    lines = (line for line in source.splitlines(True) if not line.startswith((b"#:", b"#.")))
    catalog = read_po(lines, locale=babel_locale)
    texts = []
    for message in catalog:
        msgid = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string
        forms = (said,) if isinstance(said, str) else tuple(said or ("",))
        if msgid and all(forms) and not message.fuzzy:
            texts.append((message.context, msgid, forms))
    return tuple(texts), catalog.plural_expr
