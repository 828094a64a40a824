"""Every kind of message, both ways; and why one did not arrive, in words."""

from typing import Any

import pytest

from bot.delivery.incoming import Incoming, SentMedia, Shared
from bot.delivery.messages import Copy, Message, React
from bot.delivery.outcomes import Outcome, Refusal, Unreachable
from tests.handover.test_robust import _once
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, Office, topic_gone

KINDS = ("video_note", "sticker", "contact", "location", "album", "document", "voice", "photo")


def _sent(office: Office, who: int, kind: str, thread: int | None = None) -> Incoming:
    if kind == "album":
        return office.album(who, thread=thread)
    frame = office._frame(who, thread is not None, thread)
    facts: dict[str, Any] = {"what" if kind in ("contact", "location") else "media": kind}
    return Shared(**frame, **facts) if "what" in facts else SentMedia(**frame, **facts)


@pytest.mark.parametrize("kind", KINDS)
async def test_colleague_sees_that_it_arrived(office: Office, kind: str) -> None:
    case = await office.claimed()
    message = _sent(office, JORIS, kind, await office.thread(case))

    await office.takes(message)
    await office.waits(HOLD)

    assert any(isinstance(m, Copy) for m in office.seen_by(AMINA))
    marks = [m.message_id for m in office.seen_by(GROUP) if isinstance(m, React)]
    assert marks == [message.message_id]
    assert (await office.case()).state == "answered"


@pytest.mark.parametrize("kind", KINDS)
async def test_colleague_gets_it_from_the_person(office: Office, kind: str) -> None:
    await office.answered()
    message = _sent(office, AMINA, kind)

    await office.takes(message)

    copies = [m for m in office.seen_by(GROUP) if isinstance(m, Copy)]
    assert message.message_id in copies[-1].message_ids


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Refusal("Bad Request: VOICE_MESSAGES_FORBIDDEN"), "does not accept voice"),
        (Refusal("Bad Request: chat not found"), "blocked the bot or left"),
        (Unreachable("Forbidden: user is deactivated"), "blocked the bot or left"),
        (Refusal("Bad Request: file is too big"), "the file is too big"),
        (Refusal("Bad Request: message caption is too long"), "the text is too long"),
        (Refusal("Bad Request: message to copy not found", "gone"), "does not exist any more"),
        (Refusal("Bad Request: SOMETHING_NEW"), "in another way"),
    ],
)
async def test_reason_is_said_in_words(
    office: Office, kind: str, outcome: Outcome, words: str
) -> None:
    case = await office.claimed()
    await office.takes(_sent(office, JORIS, kind, await office.thread(case)))

    def refuses(message: Message) -> Outcome | None:
        return outcome if isinstance(message, Copy) and message.to == AMINA else None

    office.judge = refuses
    await office.waits(HOLD)

    assert words in office.last_text(GROUP)
    assert "Bad Request" not in office.last_text(GROUP)


async def test_topic_made_again_has_the_colleagues_words(office: Office) -> None:
    case = await office.answered("Dr <Peeters>")
    for n in range(4):
        await office.answers(JORIS, case, f"{n}: " + "x" * 1000)
        await office.waits(HOLD)
    office.judge = _once(topic_gone(case.slot("topic")))  # type: ignore[assignment]

    await office.says(AMINA, "Which street?")

    (again,) = [text for text in office.texts(GROUP) if "→ Joris" in text]
    assert [line[:10] for line in again.splitlines()[1:]] == [f"→ Joris: {n}" for n in "123"]
    assert len(again) < 3600
