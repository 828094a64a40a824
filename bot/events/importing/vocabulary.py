"""The words that a file of events may use here: of all languages, with this house's offices."""

from collections.abc import Mapping
from datetime import date

from bot.events.desk import EventsDesk
from bot.events.domain import Kind, Role
from bot.events.domain.files import EventVocabulary
from bot.events.wording import files as wording
from bot.events.wording import kinds
from bot.language import reading_dates
from bot.language.catalog import Words
from bot.people.domain.team import folded


def vocabulary(desk: EventsDesk, *, today: date, kind: Kind | None = None) -> EventVocabulary:
    """`kind`: of events in a file that does not say."""
    catalogs = desk.catalogs
    by_kind = wording.said(catalogs, {str(one): msgid for one, msgid in kinds.KINDS.items()})
    by_role = wording.said(catalogs, {str(one): msgid for one, msgid in kinds.ROLES.items()})
    return EventVocabulary(
        headings=wording.headings(catalogs),
        ignored=wording.ignored(catalogs),
        kinds={word: Kind(one) for word, one in by_kind.items()},
        roles={word: Role(one) for word, one in by_role.items()},
        rules=wording.said(catalogs, wording.RULES),
        offices=_offices(desk),
        languages={folded(one): words.code for words in catalogs for one in _names(words)},
        cancelled=frozenset(wording.said(catalogs, {"CANCELLED": wording.CANCELLED})),
        written_in=desk.staff_language,
        read_day=lambda said: reading_dates.read(catalogs, said, today=today),
        today=today,
        kind=kind,
    )


def kind_of(desk: EventsDesk, said: str) -> Kind | None:
    """The kind that somebody wrote below a file; None: none."""
    by_kind = wording.said(desk.catalogs, {str(one): msgid for one, msgid in kinds.KINDS.items()})
    found = by_kind.get(folded(said))
    return None if found is None else Kind(found)


def _offices(desk: EventsDesk) -> Mapping[str, str]:
    return {folded(said): key for key, name in desk.offices.items() for said in (key, name)}


def _names(words: Words) -> tuple[str, ...]:
    return (words.code, words.telegram_code, words.name, words.english_name)
