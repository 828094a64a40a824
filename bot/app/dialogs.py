"""What the dialog keeps, as the house asks for it: the dialog knows chats, not people."""

from datetime import datetime

from bot.dialog import forms, prompts
from bot.people import service as people
from bot.storage.transaction import Tx


async def clean(tx: Tx, *, now: datetime) -> None:
    """Questions of the bot that nobody answered, and dialogs that nobody finished."""
    await prompts.drop_old(tx, now=now)
    await forms.remove_old(tx, now=now)


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """Dialogs that the person has not finished."""
    person = await people.find_person(tx, person_id)
    return {} if person is None else await forms.export_chat(tx, person.telegram_id)
