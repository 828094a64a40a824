"""What this slice is given from above when the house is wired."""

from dataclasses import dataclass

from bot.language.catalog import Catalogs
from bot.people.desk import Alarm, Listens


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintsDesk:
    """Static things of complaints.

    address  the mail address for complaints, beside the bot or instead of it
    alarm    the numbers to call, for words that sound like danger
    others   who else hears what is said, after complaints
    """

    catalogs: Catalogs
    organisation: str
    address: str = ""
    alarm: Alarm = lambda person, text, now: []
    others: tuple[Listens, ...] = ()
