"""A trainee answers; a mentor lets it go, or not."""

from datetime import timedelta

import pytest

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Copy, Edit, Outgoing
from bot.handover.domain import Case, State
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, SARA, TOM, Office


@pytest.fixture
async def case(office: Office) -> Case:
    """A question with a trainee."""
    await office.colleague(TOM, Role.TRAINEE)
    return await office.claimed(TOM)


def _answers(office: Office) -> list[str]:
    return [text.partition("\n")[2] for text in office.texts(AMINA) if text.startswith("👤")]


def _buttons(office: Office) -> tuple[str, str]:
    """The actions under the newest question to a mentor."""
    found = [m for m in office.seen_by(GROUP) if isinstance(m, Outgoing | Edit) and m.buttons]
    asked = [m for m in found if "May this go" in m.text][-1]
    ok, no = asked.buttons[0]
    return ok.action or "", no.action or ""


async def test_trainees_words_wait_for_a_mentor(office: Office, case: Case) -> None:
    await office.answers(TOM, case, "Come on Monday")
    await office.waits(timedelta(hours=1))
    assert _answers(office) == []
    assert "🎓 Tom is a trainee" in office.last_text(GROUP)

    await office.taps(SARA, _buttons(office)[0])
    assert _answers(office) == []
    await office.waits(HOLD)

    assert _answers(office) == ["Come on Monday"]
    assert (await office.case()).state is State.ANSWERED
    assert "✓ Checked by Sara: it goes out." in office.texts(GROUP)


async def test_refused_words_stay_in_and_the_trainee_hears_it(office: Office, case: Case) -> None:
    said = await office.answers(TOM, case, "Come on Monday")

    await office.taps(SARA, _buttons(office)[1])
    await office.waits(HOLD)

    assert _answers(office) == []
    told = next(m for m in office.seen_by(GROUP) if getattr(m, "text", "").startswith("✗ Sara"))
    assert isinstance(told, Outgoing)
    assert told.reply_to == said.message_id


async def test_trainee_and_newcomer_cannot_let_it_go(office: Office, case: Case) -> None:
    await office.colleague(JORIS, Role.TRAINEE)
    await office.answers(TOM, case, "Come on Monday")
    ok, no = _buttons(office)

    await office.taps(TOM, ok)
    await office.taps(JORIS, no)
    await office.takes(office.tap(AMINA, ok))
    await office.colleague(TOM, Role.STAFF)
    await office.taps(TOM, ok)
    await office.waits(HOLD)

    assert _answers(office) == []
    assert office.toasts[-1] == "Somebody else has to check your own message."


async def test_edit_changes_what_the_mentor_lets_go(office: Office, case: Case) -> None:
    said = await office.answers(TOM, case, "Come on Monday")
    stale = _buttons(office)[0]
    await office.takes(office.edited(said, "Come on Tuesday"))

    await office.taps(SARA, stale)
    await office.waits(HOLD)
    assert _answers(office) == []
    assert office.toasts[-1].startswith("This message was changed")

    await office.taps(SARA, _buttons(office)[0])
    await office.waits(HOLD)
    assert _answers(office) == ["Come on Tuesday"]


async def test_edit_after_the_check_is_read_once_more(office: Office, case: Case) -> None:
    said = await office.answers(TOM, case, "Come on Monday")
    await office.taps(SARA, _buttons(office)[0])

    await office.takes(office.edited(said, "Come on Tuesday"))
    await office.waits(HOLD)
    assert _answers(office) == []

    await office.taps(SARA, _buttons(office)[0])
    await office.waits(HOLD)
    assert _answers(office) == ["Come on Tuesday"]


async def test_edit_of_what_arrived_is_not_passed_on(office: Office, case: Case) -> None:
    said = await office.answers(TOM, case, "Come on Monday")
    await office.taps(SARA, _buttons(office)[0])
    await office.waits(HOLD)

    await office.takes(office.edited(said, "Come on Tuesday"))

    assert _answers(office) == ["Come on Monday"]
    assert "write it as a new message" in office.last_text(GROUP)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "album"])
async def test_media_of_a_trainee_wait_too(office: Office, case: Case, kind: str) -> None:
    thread = await office.thread(case)
    make = getattr(office, kind)
    sent: Incoming = make(TOM, thread=thread)
    await office.takes(sent)
    await office.waits(HOLD)
    assert not [m for m in office.seen_by(AMINA) if isinstance(m, Copy)]

    await office.taps(SARA, _buttons(office)[0])
    await office.waits(HOLD)

    assert len([m for m in office.seen_by(AMINA) if isinstance(m, Copy)]) == 1


@pytest.mark.parametrize("way", ["/stop", "/undo", "👎", "//"])
async def test_trainee_keeps_it_in(office: Office, case: Case, way: str) -> None:
    said = await office.answers(TOM, case, "Come on Monday")
    ok = _buttons(office)[0]

    if way == "👎":
        await office.takes(office.dislike(TOM, said))
    elif way == "//":
        await office.takes(office.edited(said, "// hm"))
    else:
        await office.answers(TOM, case, way)
    await office.taps(SARA, ok)
    await office.waits(HOLD)

    assert _answers(office) == []
    assert office.toasts[-1] == "This message does not wait any more."


@pytest.mark.parametrize("verb", ["close", "release", "solved"])
async def test_unchecked_words_stay_in_when_the_question_goes(
    office: Office, case: Case, verb: str
) -> None:
    await office.answers(TOM, case, "Come on Monday")
    ok = _buttons(office)[0]

    await office.taps(AMINA if verb == "solved" else TOM, f"{verb}:{case.id}")
    assert "📝 1 message that nobody had checked" in "\n".join(office.texts(GROUP))
    await office.taps(SARA, ok)
    await office.waits(HOLD)

    assert _answers(office) == []


async def test_second_check_changes_nothing(office: Office, case: Case) -> None:
    await office.answers(TOM, case, "Come on Monday")
    ok, no = _buttons(office)

    await office.taps(SARA, ok)
    await office.taps(JORIS, ok)
    await office.taps(JORIS, no)
    await office.waits(HOLD)

    assert _answers(office) == ["Come on Monday"]


async def test_only_the_claimant_trainees_words_are_asked_about(office: Office, case: Case) -> None:
    await office.colleague(JORIS, Role.TRAINEE)

    await office.answers(JORIS, case, "I would say Tuesday")

    assert "only Tom" in office.last_text(GROUP)
    assert "May this go" not in "\n".join(office.texts(GROUP))
