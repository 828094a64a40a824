"""What this slice is given from above when the house is wired."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Keyboard, Message
from bot.handover.domain import ToCoordinators
from bot.infodesk.directory.leaflets import Guide
from bot.infodesk.directory.towns import Town, Towns
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.domain import Office, Project
from bot.volunteering.domain.evaluations import SURVEY_MONTHS
from bot.volunteering.matching import Index

Asks = Callable[[Tx, Person, Incoming, ToCoordinators], Awaitable[list[Message]]]
Reviewed = Callable[[Tx, Person, Incoming, str], Awaitable[list[Message]]]


async def nobody_to_ask(
    tx: Tx, person: Person, incoming: Incoming, to: ToCoordinators
) -> list[Message]:
    """No colleague answers questions (a house without a staff queue)."""
    return []


async def nothing_reviewed(tx: Tx, person: Person, incoming: Incoming, slug: str) -> list[Message]:
    """No topic is known (a house without an info desk)."""
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteeringDesk:
    """Static things of volunteering.

    offices, projects  whose figures are counted apart, by key, in the operator's order
    towns              finds a town by name in any script, or by postcode
    town_title         what a town is called for readers of a language
    staff_groups       chat id by desk; "volunteering", where cards about volunteers are posted
    public_url         where web pages are reached; "": no links are given
    signing_key        secret of this installation, for links that must not be guessed
    bot_name           the bot's own name in Telegram; "" until Telegram has said it
    keyboard           the keyboard that stays
    survey_months      how often volunteers are asked how it is
    ask                opens a question for the coordinators of an office
    has_topic          is there a reviewed answer of that topic in a language?
    reviewed           shows it
    index              who may be matched with what, in memory
    checklist          what is read before a first shift: reviewed texts, with their sources
    """

    catalogs: Catalogs
    organisation: str
    staff_language: str
    towns: Towns
    town_title: Callable[[Town, str], str] = lambda town, language: town.name
    offices: Mapping[str, Office] = field(default_factory=dict)
    projects: Mapping[str, Project] = field(default_factory=dict)
    staff_groups: Mapping[str, int] = field(default_factory=dict)
    public_url: str = ""
    signing_key: bytes = b""
    bot_name: Callable[[], str] = lambda: ""
    keyboard: Callable[[Words], Keyboard | None] = lambda words: None
    survey_months: int = SURVEY_MONTHS
    ask: Asks = nobody_to_ask
    has_topic: Callable[[str, str], bool] = lambda slug, language: False
    reviewed: Reviewed = nothing_reviewed
    index: Index = field(default_factory=Index)
    checklist: Guide = field(default_factory=Guide)

    def start_link(self, payload: str) -> str:
        """A link that opens the bot with "/start payload"."""
        return f"https://t.me/{self.bot_name()}?start={payload}"

    def whereabouts(self, office: Office) -> Town | None:
        """The town of an office; None where its postcode is no town's."""
        return self.towns.at(office.postcode)

    @property
    def group(self) -> int | None:
        """The staff group that hears of volunteers."""
        own = self.staff_groups.get("volunteering")
        return own if own is not None else self.staff_groups.get("infodesk")
