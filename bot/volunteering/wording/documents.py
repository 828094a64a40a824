"""The list of documents, and what stands below one that is sent."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, N_label, Words
from bot.volunteering.domain.documents import Document

TITLES: Final[Mapping[str, str]] = {
    "starter_kit": N_label("Starter kit"),
    "agreement": N_label("Volunteer agreement"),
    "code_of_conduct": N_label("Code of conduct"),
}


def screen(_: Words, found: Sequence[Document]) -> tuple[str, Buttons]:
    """Each is a button."""
    back = (Button(_.label("⬅️ Back"), action="vhome"),)
    head = _("📄 <b>Documents for volunteers</b>")
    if not found:
        none = _("There are no documents yet. Ask a colleague what you need.")
        return f"{head}\n\n{none}", ((Button(_.label("💬 Ask a colleague"), action="ask"),), back)
    lines = [_line(_, one) for one in found]
    rows = [
        (Button(f"📄 {bidi.contained(title(_, one))}"[:40], action=f"vdoc:{one.key}"),)
        for one in found
    ]
    return "\n".join([head, "", *lines]), (*rows, back)


def caption(_: Words, catalogs: Catalogs, one: Document) -> str:
    """Below the file: what it is, how old, and in which language when not in the reader's."""
    parts = [_("📄 <b>{title}</b>", title=title(_, one)), _edition(_, one)]
    if one.language != _.code:
        parts.append(
            _(
                "It is not there in your language yet: this is {language}.",
                language=formats.language_name(_, catalogs.words(one.language)),
            )
        )
    return "\n".join(parts)


def title(_: Words, one: Document) -> str:
    """Plain: its own, else the one of the catalogue."""
    return one.title or _.label(TITLES[one.key])


def _line(_: Words, one: Document) -> str:
    return _("• {title} – {edition}", title=title(_, one), edition=_edition_plain(_, one))


def _edition(_: Words, one: Document) -> str:
    return _("version {n}, {day}", n=one.version, day=formats.date_words(_, one.changed_at))


def _edition_plain(_: Words, one: Document) -> str:
    return _.plain("version {n}, {day}", n=one.version, day=formats.date_words(_, one.changed_at))
