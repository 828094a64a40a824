"""What this slice is given from above when the house is wired."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.delivery.messages import Keyboard
from bot.infodesk.directory.leaflets import Guide
from bot.infodesk.directory.towns import Town, Towns
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain import Office, Project
from bot.volunteering.domain.evaluations import SURVEY_MONTHS
from bot.volunteering.matching import Index


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
