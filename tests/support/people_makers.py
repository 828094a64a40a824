"""People, their desk and what they say, for tests."""

from datetime import UTC, datetime, timedelta

from bot.delivery.incoming import MembershipChanged, Said, Sender, Tapped
from bot.language.catalog import Catalogs
from bot.people import privacy, service
from bot.people.desk import PeopleDesk
from bot.people.domain import Person
from bot.storage.transaction import Tx

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
GROUP = -1001000000042
AMINA = 5_000_000_001  # more than 32 bits, as Telegram's newer ids are


def a_sender(telegram_id: int = AMINA, name: str = "Amina", tag: str | None = None) -> Sender:
    """Who spoke."""
    return Sender(id=telegram_id, first_name=name, language_tag=tag)


def said(
    text: str, *, sender: Sender | None = None, group: int | None = None, at: datetime = NOW
) -> Said:
    """A text in the person's own chat, or in a group."""
    sender = sender or a_sender()
    chat_id = group or sender.id
    return Said(
        chat_id=chat_id,
        is_private=group is None,
        at=at,
        sender=sender,
        message_id=11,
        text=text,
    )


def tapped(
    data: str, *, sender: Sender | None = None, group: int | None = None, at: datetime = NOW
) -> Tapped:
    """A tap on an inline button."""
    sender = sender or a_sender()
    return Tapped(
        chat_id=group or sender.id,
        is_private=group is None,
        at=at,
        sender=sender,
        message_id=12,
        query_id="q1",
        data=data,
    )


def membership(
    who: int, status: str, *, group: int = GROUP, at: datetime = NOW, by: Sender | None = None
) -> MembershipChanged:
    """Telegram's news of somebody in a group."""
    return MembershipChanged(
        chat_id=group,
        is_private=False,
        at=at,
        sender=by or a_sender(who),
        who=who,
        is_me=False,
        status=status,
    )


def bot_membership(status: str, *, chat_id: int = AMINA, at: datetime = NOW) -> MembershipChanged:
    """Telegram's news of the bot itself: in a private chat, blocked or let in again."""
    is_private = chat_id > 0
    rights = ("can_manage_topics",) if status == "administrator" else ()
    return MembershipChanged(
        chat_id=chat_id,
        is_private=is_private,
        at=at,
        sender=a_sender(chat_id if is_private else AMINA),
        who=42,
        is_me=True,
        status=status,
        rights=rights,
    )


async def a_person(
    tx: Tx, telegram_id: int = AMINA, *, name: str = "Amina", language: str | None = "en"
) -> Person:
    """Somebody who has written before."""
    hello = said("hello", sender=a_sender(telegram_id, name), at=NOW - timedelta(hours=1))
    person = await service.recognise(tx, hello, staff_groups=())
    assert person is not None
    if language is not None:
        person, _ = await service.choose_language(tx, person, language, now=NOW)
    return person


async def a_colleague(tx: Tx, telegram_id: int = AMINA, *, at: datetime = NOW) -> Person:
    """Somebody who acts in the staff group."""
    spoken = said("hello", sender=a_sender(telegram_id), group=GROUP, at=at)
    person = await service.recognise(tx, spoken, staff_groups=(GROUP,))
    assert person is not None
    return person


def a_desk(catalogs: Catalogs, **changes: object) -> PeopleDesk:
    """People's desk with nothing of other slices on it, unless handed in."""
    facts: dict[str, object] = {
        "catalogs": catalogs,
        "organisation": "Example Desk",
        "privacy_sentence": {"en": "Only the team of Example & Co reads this."},
        "erasure_key": b"test key",
        "privacy": {"people": privacy.export_person},
        **changes,
    }
    return PeopleDesk(**facts)  # type: ignore[arg-type]
