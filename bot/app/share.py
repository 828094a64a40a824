"""What one slice gives to the house; `app.wiring` writes one for each and puts them together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.routing import BaseRoute

from bot.delivery.making import Maker
from bot.delivery.messages import Button
from bot.delivery.results import ReceiptHandler
from bot.dialog.routes import Listener, Routes
from bot.language.catalog import Words
from bot.people.desk import ExportPerson, ForgetPerson, Things
from bot.schedule.due import DueHandler, Job
from bot.schedule.fetching import Reader
from bot.storage.engine import Database

Value = TypeVar("Value")
Pages = Callable[[Database], Sequence[BaseRoute]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Everything that other rooms need of a slice.

    section                  its heading in the copy of somebody's data
    export_person            its part of that copy
    forget_person            erases its part
    routes                   its share of the conversation
    before_language          its listeners that may answer although no language was chosen yet
    actions_before_language  its buttons that work then
    my_things                its lines of "My things"
    beside_languages         its buttons below the list of languages
    receipts                 who hears how its messages went, by name
    due_kinds                who is told what it planned, by kind
    nightly, hourly          its regular jobs, by name
    makers                   who makes its files when they are sent, by kind
    readers                  who reads files that colleagues send it, by name
    pages                    its web pages, for who has no Telegram
    """

    section: str
    export_person: ExportPerson
    forget_person: ForgetPerson
    routes: Routes
    before_language: tuple[Listener, ...] = ()
    actions_before_language: frozenset[str] = frozenset()
    my_things: tuple[Things, ...] = ()
    beside_languages: tuple[Callable[[Words], tuple[Button, ...]], ...] = ()
    receipts: Mapping[str, ReceiptHandler] = field(default_factory=dict)
    due_kinds: Mapping[str, DueHandler] = field(default_factory=dict)
    nightly: Mapping[str, Job] = field(default_factory=dict)
    hourly: Mapping[str, Job] = field(default_factory=dict)
    makers: Mapping[str, Maker] = field(default_factory=dict)
    readers: Mapping[str, Reader] = field(default_factory=dict)
    pages: tuple[Pages, ...] = ()


def of_all(
    shares: Iterable[Share], what: Callable[[Share], Mapping[str, Value]]
) -> dict[str, Value]:
    """One kind of thing from every slice. Raises ValueError when two claim the same name."""
    whole: dict[str, Value] = {}
    for share in shares:
        if both := whole.keys() & what(share).keys():
            raise ValueError(f"{share.section} claims what another slice has: {sorted(both)}")
        whole.update(what(share))
    return whole
