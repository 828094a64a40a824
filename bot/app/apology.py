"""What is said when a message could not be answered: to the person, and to staff with a number."""

from dataclasses import dataclass

from bot.app.groups import StaffGroups
from bot.delivery.incoming import Incoming
from bot.delivery.messages import Message, Outgoing
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.storage.transaction import Tx


@dataclass(frozen=True, slots=True)
class Apologies:
    """Words for the one thing that must not happen."""

    catalogs: Catalogs
    staff_language: str
    groups: StaffGroups

    async def apologise(self, tx: Tx, incoming: Incoming, number: int) -> list[Message]:
        """`number` is the row of the inbox, for the operator: `wegwijzer doctor` shows it."""
        told = await self._person(tx, incoming, number) if incoming.is_private else []
        return [*told, *self._staff(number)]

    async def _person(self, tx: Tx, incoming: Incoming, number: int) -> list[Message]:
        language = await people.language_of(tx, incoming.chat_id)
        _ = self.catalogs.words(language)
        text = _(
            "Sorry, something went wrong with your message. We keep it under number {number},"
            " and a colleague will look at it. Please try again.",
            number=number,
        )
        return [Outgoing(to=incoming.chat_id, text=text)]

    def _staff(self, number: int) -> list[Message]:
        _ = self.catalogs.words(self.staff_language)
        text = _(
            "⚠️ A message could not be answered (number {number})."
            " Please tell whoever runs the bot.",
            number=number,
        )
        return [Outgoing(to=group, text=text, lane="notice") for group in self.groups.ids]
