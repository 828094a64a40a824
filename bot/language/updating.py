"""Bringing the catalogue files up to date with the code, keeping every translation.

The files carry no dates, no line numbers and no guesses, so that a change of one message is a
change of one message. What the code no longer says stays at the end, marked `#~`, until dropped.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from bot.language import catalog, extraction, profile

_HEADER = """\
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

Key = tuple[str | None, str]


def update(folder: Path, messages: Iterable[extraction.Message], *, drop_unused: bool) -> None:
    """Write every `locales/*/LC_MESSAGES/bot.po` anew from the messages of the code."""
    template = list(messages)
    for described in profile.read_all(folder):
        path = folder / described.code / "LC_MESSAGES" / "bot.po"
        text = _updated(path, described, template, drop_unused=drop_unused)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def plural_forms(described: profile.Profile) -> str:
    """The Plural-Forms line of a language: its own, or Babel's."""
    return described.plurals or str(get_plural(described.babel_locale))


def _updated(
    path: Path, described: profile.Profile, template: list[extraction.Message], *, drop_unused: bool
) -> str:
    header = _HEADER.format(code=described.code, plurals=plural_forms(described))
    old = _entries(path, described)
    fresh = _empty(header, described)
    for message in template:
        entry = old.pop((message.context, message.msgid), None)
        _add(fresh, message, entry, described)
    if not drop_unused:
        _keep_unused(fresh, old.values())
    return header + _written(fresh)


def _entries(path: Path, described: profile.Profile) -> dict[Key, Entry]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        read = read_po(file, locale=described.babel_locale, abort_invalid=True)
    return {(entry.context, _msgid(entry)): entry for entry in _all(read) if entry.id}


def _all(read: Catalog) -> Iterator[Entry]:
    yield from read.obsolete.values()
    yield from read


def _empty(header: str, described: profile.Profile) -> Catalog:
    """A catalogue that knows the number of plural forms from the header."""
    return read_po(io.BytesIO(header.encode()), locale=described.babel_locale)


def _add(
    fresh: Catalog, message: extraction.Message, old: Entry | None, described: profile.Profile
) -> None:
    fresh.add(
        (message.msgid, message.plural) if message.plural else message.msgid,
        _string(fresh, message, old, described),
        locations=[(place.rpartition(":")[0], 0) for place in message.where],
        flags=["fuzzy"] if old is not None and old.fuzzy else [],
        auto_comments=[extraction.LABEL_NOTE] if message.is_label else [],
        user_comments=old.user_comments if old is not None else [],
        context=message.context,
    )


def _string(
    fresh: Catalog, message: extraction.Message, old: Entry | None, described: profile.Profile
) -> str | tuple[str, ...]:
    """The translation so far; English messages are their own."""
    said = old.string if old is not None else ""
    forms = tuple(said or ()) if isinstance(said, tuple | list) else (said,) if said else ()
    if not any(forms) and described.code == catalog.FALLBACK:
        forms = (message.msgid, message.plural) if message.plural else (message.msgid,)
    if message.plural is None:
        return forms[0] if forms else ""
    return tuple((*forms, *([""] * fresh.num_plurals))[: fresh.num_plurals])


def _keep_unused(fresh: Catalog, entries: Iterable[Entry]) -> None:
    for entry in entries:
        if any(entry.string or ()):
            msgid = _msgid(entry)
            fresh.obsolete[(msgid, entry.context) if entry.context else msgid] = Entry(
                entry.id, entry.string, user_comments=entry.user_comments, context=entry.context
            )


def _written(fresh: Catalog) -> str:
    file = io.BytesIO()
    write_po(file, fresh, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return file.getvalue().decode("utf-8").strip("\n") + "\n"


def _msgid(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]
