"""A message to many: asked for, written, approved by a second colleague, read, and ended."""

from datetime import UTC, datetime

import pytest

from tests.support.journeys import LANGUAGES, NAMES, Story, left_and_right, on_both_databases
from tests.support.phone import Phone
from tests.support.tongues import foreign
from tests.support.wegwijzer import Clock, Wegwijzer, catalogs

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
STRANGERS = 101  # with them a second colleague has to say yes
WORDS = {
    "nl": "Vrijdag is het kantoor dicht.",
    "en": "The office is closed on Friday.",
    "uk": "У п’ятницю офіс зачинено.",
    "fa_AF": "روز جمعه دفتر بسته است.",
    "ps": "د جمعې په ورځ دفتر تړلی دی.",
}
SKIP, DONE = "Skip this", "➡️ Done, go on"


async def _coordinators(told: Story, *names: str) -> list[Phone]:
    for name in names:  # who is new makes the bot look at everybody's role again
        await told.desk[name].says("hello")
        await (await told.known(name)).waits()
    found = []
    for name in names:
        await told.desk.becomes(name, "coordinator")
        own = await told.known(name)
        await own.starts()
        await own.chooses_language("en")
        found.append(own)
    return found


async def _takes(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.taps(phone.text(label))
        await phone.waits()


async def _strangers(wegwijzer: Wegwijzer, now: datetime) -> None:
    """People who asked for the newsletter, and whose accounts are no more."""
    stamp = now.isoformat(sep=" ")[:19]
    moment = "CAST(? AS timestamptz)" if "postgres" in wegwijzer.database_url else "?"
    async with wegwijzer.bot.database.writing() as tx:
        for number in range(STRANGERS):
            ((id_,),) = await tx.raw(
                "INSERT INTO people (telegram_id, first_name, language, state, created_at, seen_at)"
                f" VALUES (?, 'Stranger', 'en', 'reachable', {moment}, {moment}) RETURNING id",
                8_000_000_000 + number,
                *(now, now) if moment != "?" else (stamp, stamp),
            )
            await tx.raw(
                "INSERT INTO subscriptions (person_id, topic, is_on, at)"
                f" VALUES (?, 'newsletter', ?, {moment})",
                id_,
                True,
                now if moment != "?" else stamp,
            )


async def _written(karen: Phone) -> None:
    await karen.says("/broadcast")
    await karen.waits()
    await _takes(karen, "➕ New message", "📰 Newsletter", "🧭 Newcomers", DONE, DONE, DONE, SKIP)
    for code in ("nl", *(code for code in catalogs().codes if code != "nl")):
        await karen.says(WORDS[code])
        await karen.waits()
    await karen.shares("photo")
    await karen.waits()
    await _takes(karen, SKIP, "👀 Look at it")


async def _reader(told: Story, language: str) -> Phone:
    """Somebody who asks for the newsletter."""
    phone = await told.phone(NAMES[language], language=language)
    await phone.says("/messages")
    await phone.taps(f"▫️ {phone.text('Newsletter')}")
    await phone.waits()
    return phone


async def _reads_and_ends_it(phone: Phone) -> None:
    """The photo with the own words below it, and one tap."""
    copy = await phone.sees(WORDS[phone.language or ""])
    assert copy["photo"]
    topic = phone.text("Newsletter")
    await phone.taps(phone.text("🔕 Unsubscribe"))
    ended = "All right. You get no more messages of this kind: {topic}."
    await phone.sees(phone.text(ended, topic=topic))


@on_both_databases
async def test_newsletter_is_approved_read_and_ended_in_every_language(
    told: Story, clock: Clock, wegwijzer: Wegwijzer
) -> None:
    clock.moves_to(MONDAY)
    wegwijzer.forgiven.append("chat not found")
    karen, joris = await _coordinators(told, "Karen", "Joris")
    readers = [await _reader(told, language) for language in LANGUAGES]
    await _strangers(wegwijzer, MONDAY)

    await _written(karen)
    await karen.sees(f"{STRANGERS + len(readers)} people can get it now.")
    await _takes(karen, "👀 See it as a reader")
    await karen.taps("English")
    await karen.sees(WORDS["en"])
    await _takes(karen, "⬅️ Back", "🙋 Ask for approval")
    await told.desk["Joris"].taps("👀 Bekijken in je eigen chat")
    await joris.sees("Written by: Karen")
    await _takes(joris, "✅ Yes, send it")

    for phone in readers:
        await _reads_and_ends_it(phone)
        assert foreign(phone) == []
    await wegwijzer.is_idle()
    await karen.sees(f"received: {len(readers)}\n• refused by Telegram: {STRANGERS}")


@left_and_right
async def test_everybody_chooses_which_messages_come(told: Story, language: str) -> None:
    amina = await told.phone(language=language)

    await amina.says("/my")
    await amina.taps(amina.text("📬 Messages from us"))
    await amina.taps(f"✅ {amina.text('Practical news')}")
    await amina.waits()
    await amina.taps(f"▫️ {amina.text('Practical news')}")
    await amina.waits()

    await amina.sees_buttons(f"✅ {amina.text('Practical news')}")
