"""Colleagues look through the queue and find questions again."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.delivery.messages import Edit, Outgoing
from bot.handover import privacy, service
from bot.handover.domain import TRANSITIONS, queueing
from bot.handover.wording.queueing import STEPS
from tests.support.handover_makers import AMINA, GROUP, JORIS, OLENA, SARA, Office

_SERVICES = Path(service.__path__[0])


async def _shown(office: Office, command: str, *, who: int = JORIS, group: bool = True) -> str:
    await office.says(who, command, group=group)
    return office.last_text(GROUP if group else who)


async def test_queue_links_each_line_to_its_topic_or_card(office: Office) -> None:
    waiting = await office.asked(text="first")
    claimed = await office.claimed(text="second")
    card = await office.message_id(waiting.slot("card"))
    topic = await office.thread(claimed)

    shown = await _shown(office, "/queue")

    assert shown.splitlines() == [
        "<b>2 open questions</b>",
        f'• <a href="https://t.me/c/1000000042/{card}">#1</a> · English · 1 minute · waiting',
        f'• <a href="https://t.me/c/1000000042/{topic}">#2</a> · English · 1 minute · Joris',
    ]


async def test_queue_says_urgent_deadline_and_whose_turn(office: Office) -> None:
    case = await office.answered()
    await office.notes(case, is_urgent=True, deadline=date(2026, 11, 24))
    await office.waits(timedelta(hours=3))

    line = (await _shown(office, "/queue")).splitlines()[1]

    assert line.startswith("🔴 ")
    assert line.endswith("· 3 hours · Joris, person’s turn · 📅 24/11")


@pytest.mark.parametrize(
    ("argument", "numbers"),
    [("mine", "2"), ("waiting", "13"), ("uk", "3"), ("waiting uk", "3"), ("old", "1"), ("", "123")],
)
async def test_queue_takes_words_after_it(office: Office, argument: str, numbers: str) -> None:
    await office.person(OLENA, "uk")
    first = await office.asked()
    await office.notes(first, opened_at=office.now - timedelta(days=2))
    await office.claimed(text="mine now")
    await office.asked(OLENA)

    shown = await _shown(office, f"/queue {argument}")

    assert [line.split("#")[1][0] for line in shown.splitlines()[1:]] == list(numbers)


async def test_word_that_means_nothing_is_explained(office: Office) -> None:
    shown = await _shown(office, "/queue yesterday")

    assert shown == "Write /queue, /queue mine, /queue waiting, /queue old, or a language."


async def test_buttons_filter_the_same_message(office: Office) -> None:
    await office.asked(text="first")
    await office.claimed(text="second")
    await _shown(office, "/queue")
    before = len(office.seen_by(GROUP))

    await office.taps(JORIS, "queue:mine:-:0")

    (edit,) = office.seen_by(GROUP)[before:]
    assert isinstance(edit, Edit)
    assert "#2" in edit.text
    assert "#1" not in edit.text
    labels = [button.label for row in edit.buttons for button in row]
    assert labels == ["All (2)", "Waiting (1)", "With a colleague (1)", "✓ Mine (1)"]


async def test_long_queue_comes_in_pages_of_twenty(office: Office) -> None:
    for number in range(23):
        case = await office.asked(text=f"question {number}")
        await office.notes(case, person_id=None)  # of many people: one may have five at once
    await _shown(office, "/queue")

    first = office.seen_by(GROUP)[-1]
    assert isinstance(first, Outgoing)
    assert first.text.count("#") == 20
    assert first.text.endswith("Page 1 of 2")
    assert first.buttons[-1][0].action == "queue:all:-:1"
    await office.taps(JORIS, "queue:all:-:1")
    assert office.last_text(GROUP).count("#") == 3

    await office.taps(JORIS, "queue:all:-:99")
    assert "Page 2 of 2" in office.last_text(GROUP)


async def test_newcomer_sees_nothing_of_the_queue(office: Office) -> None:
    await office.asked()

    for command in ("/queue", "/find doctor", "/find 1", "/stats"):
        shown = await _shown(office, command, who=AMINA, group=False)
        assert shown == "Only colleagues of the team can do this."


async def test_forged_pages_are_refused(office: Office) -> None:
    for wrong in ("all", "none:-:0", "all:-:-1", "all:-:x"):
        await office.taps(JORIS, f"queue:{wrong}")
        assert office.toasts[-1] == "This has changed in the meantime. Please look again."


@pytest.mark.parametrize(
    ("said", "looked_for"),
    [
        ("Meine MIETE ist zu hoch", "miete hoch"),
        ("شماره اتاق ۱۲ است", "اتاق 12"),
        ("Я не маю Житла", "житла"),
        ("أين المدرسه كتاب", "کتاب"),
        ("Cafe\u0301 in Gent", "café gent"),
        ("100% of_it", "100% of_"),
    ],
)
async def test_words_are_found_in_any_script(office: Office, said: str, looked_for: str) -> None:
    await office.asked(text="something else")
    await office.asked(text=said)

    shown = await _shown(office, f"/find {looked_for}")

    assert shown.startswith("<b>1 question found</b>")
    assert "#2" in shown


async def test_all_words_count_also_of_the_answer(office: Office) -> None:
    await office.answered("Dr Peeters, Monday at 9.")

    assert "#1" in await _shown(office, "/find doctor peeters")
    assert await _shown(office, "/find doctor friday") == "Nothing was found for “doctor friday”."


async def test_what_is_found_is_claimed_or_reopened_at_once(office: Office) -> None:
    closed = await office.answered()
    await office.answers(JORIS, closed, "/close")
    await office.asked(OLENA, text="another doctor")
    await office.says(JORIS, "/find doctor", group=True)

    shown = office.sent[-1]
    assert isinstance(shown, Outgoing)
    buttons = [(one.label, one.action) for row in shown.buttons for one in row]
    assert buttons == [("✋ Claim #2", "claim:2"), ("🔄 Reopen #1", "reopen:1")]
    await office.taps(SARA, "reopen:1")
    assert (await office.case(1)).state == "reopened"


async def test_one_number_tells_the_whole_story(office: Office) -> None:
    case = await office.answered()
    await office.answers(JORIS, case, "/close")

    shown = await _shown(office, "/find #۱")

    lines = shown.splitlines()
    assert lines[0].endswith("#1</a> · English</b>")
    assert lines[1] == "📍 closed"
    assert "<blockquote>Where do I find a doctor?</blockquote>" in lines
    story = [line.partition("\u2069 · ")[2] for line in lines if line.startswith("· ")]
    assert story == [
        "sent by the person",
        "claimed · \u2068Joris\u2069",
        "answered",
        "closed · \u2068Joris\u2069",
    ]


async def test_number_that_never_was_is_said_politely(office: Office) -> None:
    assert await _shown(office, "/find 99") == "This question is not there any more."
    assert (await _shown(office, "/find")).startswith("Write a number or words after it")


async def test_questions_of_minors_are_for_the_trained_in_their_own_chat(office: Office) -> None:
    case = await office.asked(text="I am alone")
    await office.notes(case, desk="minors", needs="minors")

    for command in ("/find alone", "/find 1", "/queue"):
        assert "#1" not in await _shown(office, command)
        assert "#1" not in await _shown(office, command, group=False)

    await office.trains(JORIS, "minors")
    for command in ("/find alone", "/find 1", "/queue"):
        assert "#1" not in await _shown(office, command)
        assert "#1" in await _shown(office, command, group=False)


async def test_erased_words_are_not_found(office: Office) -> None:
    case = await office.answered()
    await office.answers(JORIS, case, "/close")
    assert "#1" in await _shown(office, "/find doctor")

    amina = await office.person(AMINA)
    await privacy.forget_person(office.desk, office.tx, amina.id, now=office.now)
    await office.delivers()

    assert (await _shown(office, "/find doctor")).startswith("Nothing was found")
    story = await _shown(office, "/find 1")
    assert "deleted by the person" in story
    assert "doctor" not in story


def test_few_words_around_what_was_found() -> None:
    text = "one two three four five six seven eight nine ten eleven landlord twelve " * 2

    shown = queueing.around(text, ["landlord"])

    assert "landlord" in shown
    assert shown[0] == "…"
    assert len(shown) < 75


def test_every_step_that_the_log_may_hold_has_words() -> None:
    noted = {
        name for path in _SERVICES.glob("*.py") for name in _noted(ast.parse(path.read_text()))
    }

    assert {"tag", "call_shown", "visit", "undo", "protect"} <= noted | TRANSITIONS.keys()
    assert noted | TRANSITIONS.keys() == STEPS.keys()


def _noted(tree: ast.Module) -> set[str]:
    """The names of what `cases.record(tx, "…", …)` writes down."""
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    named = [one.args[1] for one in calls if ast.unparse(one.func) == "cases.record"]
    return {str(one.value) for one in named if isinstance(one, ast.Constant)}


async def test_story_tells_what_was_tagged_and_asked(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"tag_urgent:{case.id}:1")
    await office.taps(JORIS, f"call:{case.id}")

    shown = await _shown(office, "/find 1")

    assert "tagged · \u2068Joris\u2069" in shown
    assert "a telephone number was asked for" in shown
