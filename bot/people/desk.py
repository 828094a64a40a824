"""What the wiring lays on this slice's desk: facts of the organisation, shares of other slices."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Button, Message
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person
from bot.people.domain.team import folded
from bot.people.wording import Thing
from bot.storage.transaction import Tx

Things = Callable[[Tx, Person, datetime], Awaitable[list[Thing]]]
Answers = Callable[[Tx, Person, Any], Awaitable[list[Message]]]
Listens = Callable[[Tx, Person, Any], Awaitable[list[Message] | None]]
Alarm = Callable[[Person, str, datetime], list[Message]]
ExportPerson = Callable[[Tx, int], Awaitable[dict[str, object]]]
ForgetChat = Callable[[Tx, int], Awaitable[None]]
Maker = Callable[[Tx, str], Awaitable[bytes]]


class ForgetPerson(Protocol):
    """A slice's `privacy.forget_person`."""

    async def __call__(self, tx: Tx, person_id: int, /, *, now: datetime) -> None: ...


# People's own actions and commands that work although no language was chosen yet.
ACTIONS_BEFORE_LANGUAGE = frozenset({"lang", "forget_ask", "forget_yes", "forget_no", "mydata"})
COMMANDS_BEFORE_LANGUAGE = frozenset({"delete", "mydata", "privacy"})


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """Everything fixed that people's screens and rules need.

    privacy_sentence  the operator's own words on who reads this, by language; plain text
    question_days     how long a closed question is kept
    erasure_key       secret of this installation; makes the marks of erased people unguessable
    menu              rows of msgids for the keyboard that stays
    commands          name and meaning (a msgid) of what /help lists
    my_things         what each slice adds to "My things"
    beside_languages  what slices add below the list of languages
    starts            prefix of a /start payload -> who continues after the choice of a language
    hears             who answers free text that was written before the choice
    alarm             the numbers to call, for words that sound like danger
    before_language   listeners that may answer although no language was chosen (other language)
    privacy           section of the copy of one's data -> a slice's export_person
    forgetters        forget_person of the slices above, the highest first; people's own go last
    chat_forgetters   delivery's forget_chat
    staff_language    in which the bot speaks in the staff group
    """

    catalogs: Catalogs
    organisation: str
    privacy_sentence: Mapping[str, str]
    erasure_key: bytes
    question_days: int = 90
    menu: tuple[tuple[str, ...], ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    my_things: tuple[Things, ...] = ()
    beside_languages: tuple[Callable[[Words], tuple[Button, ...]], ...] = ()
    starts: Mapping[str, Answers] = field(default_factory=dict)
    hears: tuple[Listens, ...] = ()
    alarm: Alarm = lambda person, text, now: []
    before_language: tuple[Listens, ...] = ()
    actions_before_language: frozenset[str] = ACTIONS_BEFORE_LANGUAGE
    privacy: Mapping[str, ExportPerson] = field(default_factory=dict)
    forgetters: tuple[ForgetPerson, ...] = ()
    chat_forgetters: tuple[ForgetChat, ...] = ()
    staff_language: str = "nl"

    def words(self, person: Person, incoming: Incoming) -> Words:
        """The person's own voice in their own chat, that of the team in the group."""
        code = person.language if incoming.is_private else self.staff_language
        return self.catalogs.words(code)


@lru_cache(maxsize=4)
def language_names(catalogs: Catalogs) -> Mapping[str, str]:
    """What the installed languages are called, in each of them, folded: name -> code."""
    found: dict[str, str] = {}
    for _ in catalogs:
        for name in _names_of_language(_, catalogs):
            found.setdefault(folded(name), _.code)
    return found


def _names_of_language(_: Words, catalogs: Catalogs) -> Iterator[str]:
    yield from (_.code, _.telegram_code, *_.profile.accepts, _.name, _.english_name)
    for other in catalogs:
        name = other.locale.languages.get(_.code) or other.locale.languages.get(_.locale.language)
        if name:
            yield name
