"""Plain phrases and canned answers: chosen from a menu, sent in the person's language."""

from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import select

from bot.delivery.messages import Delete, Edit, Message, Outgoing, React
from bot.delivery.outcomes import Outcome, Unreachable
from bot.handover.domain import Case, State
from bot.handover.service import keeping, pieces
from bot.handover.wording import phrases
from bot.people import tables as people_tables
from bot.people.domain import Role
from tests.support.handover_makers import (
    AMINA,
    CHRIS,
    GROUP,
    HOLD,
    JORIS,
    SARA,
    TOM,
    Office,
    no_topics,
)

PHOTO = "Please send a photo of the letter."
LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
FACTS = {
    "phone": "02 555 01 00",
    "mail": "help@example.org",
    "hours": "Monday: from 09:00 to 12:00",
    "complaint_address": "complaint@example.org",
}


def _told(office: Office) -> list[str]:
    return [text for text in office.texts(AMINA) if text.startswith(("👤", "\u200f👤"))]


async def _previewed(office: Office, case: Case, name: str = "letter_photo") -> None:
    """Joris has a phrase on the screen, each tap on a button that was there."""
    group = phrases.drawer(name).name
    await office.taps(JORIS, f"phrases:{case.id}")
    for data in (f"phrase_group:{case.id}:{group}", f"phrase_see:{case.id}:{name}"):
        assert data in office.offered(GROUP)
        await office.taps_menu(JORIS, case, data)


async def _phrased(office: Office, case: Case, name: str = "letter_photo") -> None:
    """Joris sends a phrase; it is held."""
    await _previewed(office, case, name)
    send = f"phrase_send:{case.id}:{name}"
    assert send in office.offered(GROUP)
    await office.taps_menu(JORIS, case, send)


async def _noted(office: Office, subject: str, action: str) -> list[int | None]:
    """Who did this, by the audit log."""
    log = people_tables.audit.c
    wanted = select(log.actor).where(log.subject == subject, log.action == action)
    return [row["actor"] for row in await office.tx.all(wanted)]


# -- phrases --------------------------------------------------------------------------------------


async def test_header_offers_phrases_above_release_and_close(office: Office) -> None:
    case = await office.claimed()

    header = next(
        one for one in office.seen_by(GROUP) if getattr(one, "slot", "") == "case:1:header"
    )
    assert isinstance(header, Outgoing)
    rows = [[button.action for button in row] for row in header.buttons]
    assert rows[:3] == [
        [f"phrases:{case.id}"],
        [f"tag:{case.id}", f"hand_over:{case.id}"],
        [f"release:{case.id}", f"close:{case.id}"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_phrase_goes_out_in_the_persons_language(office: Office, language: str) -> None:
    await office.person(AMINA, language)
    case = await office.claimed()

    await _phrased(office, case)
    assert _told(office) == []
    await office.waits(HOLD)

    said = office.desk.catalogs.words(language).plain(PHOTO)
    assert [text.endswith(said) for text in _told(office)] == [True]
    assert language == "en" or PHOTO not in _told(office)[0]


async def test_every_phrase_can_be_sent_by_its_buttons(office: Office) -> None:
    case = await office.claimed()

    for phrase in phrases.every():
        await _phrased(office, case, phrase.name)
        await office.waits(HOLD)

    said = [text.partition("\n")[2] for text in _told(office)]
    assert said == [office.desk.catalogs.words("en").plain(one.text) for one in phrases.every()]
    assert 40 <= len(said) <= 45


async def test_preview_shows_both_languages(office: Office) -> None:
    await office.person(AMINA, "uk")
    case = await office.claimed()

    await _previewed(office, case)

    assert PHOTO in office.last_text(GROUP)
    assert "in Ukrainian:" in office.last_text(GROUP)
    assert "Надішліть, будь ласка, фото листа." in office.last_text(GROUP)
    assert _told(office) == []


async def test_colleague_chooses_in_the_language_they_chose(office: Office) -> None:
    await office.person(JORIS, "nl")
    case = await office.claimed()

    await _previewed(office, case)

    assert "Stuur alsjeblieft een foto van de brief." in office.last_text(GROUP)


async def test_question_waits_for_the_person_when_a_phrase_asks(office: Office) -> None:
    case = await office.claimed()

    await _phrased(office, case, "town")
    assert (await office.case()).state is State.CLAIMED
    await office.waits(HOLD)

    assert (await office.case()).state is State.WAITING
    assert (await office.case()).is_live(office.now)
    assert await _noted(office, f"case:{case.id}", "case.ask") == [None]


async def test_answer_to_a_phrase_is_the_colleagues_turn_again(office: Office) -> None:
    case = await office.claimed()
    await _phrased(office, case, "town")
    await office.waits(HOLD)

    await office.says(AMINA, "Mechelen")

    assert (await office.case()).state is State.CLAIMED


async def test_please_wait_is_neither_answer_nor_question(office: Office) -> None:
    case = await office.claimed()

    await _phrased(office, case, "ask_colleague")
    await office.waits(HOLD)

    assert len(_told(office)) == 1
    assert (await office.case()).state is State.CLAIMED
    assert (await office.case()).answered_at is None


async def test_phrase_after_an_answer_that_asks_waits_too(office: Office) -> None:
    case = await office.answered()

    await _phrased(office, case, "town")
    await office.waits(HOLD)

    assert (await office.case()).state is State.WAITING


async def test_second_tap_on_send_sends_nothing(office: Office) -> None:
    case = await office.claimed()
    await _previewed(office, case)
    send = f"phrase_send:{case.id}:letter_photo"

    await office.taps_menu(JORIS, case, send)
    await office.taps_menu(JORIS, case, send)
    await office.waits(HOLD)
    await office.taps_menu(JORIS, case, send)
    await office.waits(HOLD)

    assert office.toasts[-2:] == ["This was sent already."] * 2
    assert len(_told(office)) == 1


async def test_menu_becomes_the_record_with_its_mark(office: Office) -> None:
    await office.person(AMINA, "uk")
    case = await office.claimed()

    await _phrased(office, case)
    await office.waits(HOLD)

    record = next(one for one in reversed(office.seen_by(GROUP)) if isinstance(one, Edit))
    assert PHOTO in record.text
    assert "Надішліть" in record.text
    assert record.buttons == ()
    marks = [one for one in office.seen_by(GROUP) if isinstance(one, React)]
    assert [one.message_id for one in marks] == [await office.message_id(case.slot("menu"))]


async def test_stop_keeps_a_phrase_in(office: Office) -> None:
    case = await office.claimed()
    await _phrased(office, case)

    await office.answers(JORIS, case, "/stop")
    await office.waits(HOLD)

    assert _told(office) == []
    assert (await office.case()).state is State.CLAIMED


async def test_dislike_on_the_record_keeps_a_phrase_in(office: Office) -> None:
    case = await office.claimed()
    await _phrased(office, case)
    menu = await office.message_id(case.slot("menu"))
    record = msgspec.structs.replace(office.said(JORIS, "", group=True), message_id=menu)

    await office.takes(office.dislike(JORIS, record))
    await office.waits(HOLD)

    assert _told(office) == []


async def test_undo_deletes_a_phrase_in_the_persons_chat(office: Office) -> None:
    case = await office.claimed()
    await _phrased(office, case)
    await office.waits(HOLD)

    await office.answers(JORIS, case, "/undo")

    assert isinstance(office.seen_by(AMINA)[-1], Delete)


async def test_blocked_person_is_told_of_under_the_record(office: Office) -> None:
    def blocked(message: Message) -> Outcome | None:
        return Unreachable("Forbidden: bot was blocked") if message.to == AMINA else None

    case = await office.claimed()
    await _phrased(office, case)
    office.judge = blocked
    await office.waits(HOLD)

    said = office.seen_by(GROUP)[-1]
    assert isinstance(said, Outgoing)
    assert "has blocked the bot" in said.text
    assert said.reply_to == await office.message_id(case.slot("menu"))


async def test_only_the_claimant_uses_the_menus(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    case = await office.claimed()
    await _previewed(office, case)
    before = len(office.seen_by(GROUP))

    for who in (SARA, CHRIS):
        for data in (
            "phrases:1",
            "phrase_see:1:town",
            "phrase_send:1:town",
            "canned_send:1:hello:en",
        ):
            await office.taps_menu(who, case, data)
            assert office.toasts[-1].startswith("Only the colleague who claimed")
        await office.answers(who, case, "/canned")
    await office.waits(HOLD)

    assert _told(office) == []
    refused = office.texts(GROUP)[-2:]
    assert all(text.startswith("Only the colleague who claimed") for text in refused)
    assert len(office.seen_by(GROUP)) == before + 2


async def test_nobody_speaks_in_a_question_that_waits(office: Office) -> None:
    case = await office.claimed()
    await _previewed(office, case)
    await office.taps(JORIS, f"release:{case.id}")

    await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:letter_photo")
    await office.waits(HOLD)

    assert office.toasts[-1] == "Claim this question first."
    assert _told(office) == []


async def test_question_closed_meanwhile_sends_nothing(office: Office) -> None:
    case = await office.claimed()
    await _previewed(office, case)
    await office.taps(AMINA, f"solved:{case.id}")

    await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:letter_photo")
    await office.waits(HOLD)

    assert office.toasts[-1].startswith("This question is closed.")
    assert _told(office) == []


async def test_person_who_is_gone_gets_nothing(office: Office) -> None:
    amina = await office.person(AMINA)
    case = await office.claimed()
    await _previewed(office, case)
    menu = await office.message_id(case.slot("menu"))
    await keeping.forget(office.desk, office.tx, amina.id, now=office.now)

    tap = office.tap(JORIS, f"phrase_send:{case.id}:letter_photo", group=True)
    await office.takes(msgspec.structs.replace(tap, message_id=menu))
    await office.waits(HOLD)

    assert office.toasts[-1].startswith("This question is closed.")
    assert _told(office) == []


async def test_held_phrase_goes_with_the_persons_data(office: Office) -> None:
    amina = await office.person(AMINA)
    case = await office.claimed()
    await _phrased(office, case)

    await keeping.forget(office.desk, office.tx, amina.id, now=office.now)
    await office.waits(HOLD)

    assert _told(office) == []
    assert await pieces.of(office.tx, case.id, direction=None) == []


async def test_menu_is_put_away(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"phrases:{case.id}")
    menu = await office.message_id(case.slot("menu"))

    await office.taps_menu(JORIS, case, f"menu_away:{case.id}")

    gone = office.seen_by(GROUP)[-1]
    assert isinstance(gone, Delete)
    assert gone.message_ids == (menu,)


async def test_record_of_what_went_out_cannot_be_put_away(office: Office) -> None:
    case = await office.claimed()
    await _phrased(office, case)

    await office.taps_menu(JORIS, case, f"menu_away:{case.id}")

    assert not any(isinstance(one, Delete) for one in office.seen_by(GROUP))


async def test_phrases_work_by_replies_without_topics(office: Office) -> None:
    office.judge = no_topics
    case = await office.claimed()
    case = await office.case()
    assert not case.has_topic

    await _phrased(office, case, "town")
    await office.waits(HOLD)

    assert len(_told(office)) == 1
    menu = next(one for one in office.seen_by(GROUP) if getattr(one, "slot", "") == "case:1:menu")
    assert isinstance(menu, Outgoing)
    assert menu.reply_to is not None


async def test_each_step_takes_ten_statements(office: Office) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "/canned")
    menu = await office.message_id(case.slot("menu"))

    spent = {}
    for data in (
        f"phrases:{case.id}",
        f"phrase_see:{case.id}:town",
        f"canned_list:{case.id}",
        f"canned_see:{case.id}:hello",
        f"canned_send:{case.id}:hello:en",
    ):
        tap = msgspec.structs.replace(office.tap(JORIS, data, group=True), message_id=menu)
        before = office.tx.statements
        await office.turn().take(office.tx, tap)
        spent[data] = office.tx.statements - before

    assert {data: n for data, n in spent.items() if n > 10} == {}


async def test_unknown_phrase_is_outdated(office: Office) -> None:
    case = await office.claimed()
    await _previewed(office, case)

    await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:promise_a_house")
    await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:town:en:nl")

    assert [toast[:16] for toast in office.toasts[-2:]] == ["This has changed"] * 2


def _check(office: Office) -> str:
    """The button under which a mentor lets a trainee's message go."""
    shown = [one for one in office.seen_by(GROUP) if isinstance(one, Outgoing)]
    actions = [button.action or "" for one in shown for row in one.buttons for button in row]
    return next(action for action in reversed(actions) if action.startswith("check_ok"))


async def test_trainees_phrase_goes_out_after_a_mentors_look(office: Office) -> None:
    await office.colleague(TOM, Role.TRAINEE)
    await office.person(AMINA, "uk")
    case = await office.claimed(TOM)
    await office.taps(TOM, f"phrases:{case.id}")

    await office.taps_menu(TOM, case, f"phrase_send:{case.id}:town")
    await office.waits(HOLD)

    assert _told(office) == []
    assert office.toasts[-1] == "📨 A mentor looks at it first."
    record = [one for one in office.seen_by(GROUP) if isinstance(one, Edit)][-1]
    assert "Which town do you live in?" in record.text
    assert "when a mentor has looked at it" in record.text

    await office.taps(TOM, _check(office))
    await office.waits(HOLD)
    assert _told(office) == []

    await office.taps(SARA, _check(office))
    await office.waits(HOLD)
    assert len(_told(office)) == 1
    assert (await office.case()).state is State.WAITING


@pytest.mark.usefixtures("told_facts")
async def test_trainees_ready_answer_goes_to_a_mentor_too(office: Office) -> None:
    await office.colleague(TOM, Role.TRAINEE)
    case = await office.claimed(TOM)
    await office.answers(TOM, case, "/canned")

    await office.taps_menu(TOM, case, f"canned_send:{case.id}:hello:en")
    await office.waits(HOLD)
    assert _told(office) == []

    await office.taps(SARA, _check(office))
    await office.waits(HOLD)
    assert "my name is Tom" in _told(office)[0]


# -- canned answers -------------------------------------------------------------------------------


@pytest.fixture
def told_facts(office: Office) -> None:
    office.desk = replace(office.desk, facts=lambda language: FACTS)


async def _canned(office: Office, case: Case, name: str) -> None:
    """Joris has a canned answer on the screen."""
    await office.answers(JORIS, case, "/canned")
    see = f"canned_see:{case.id}:{name}"
    assert see in office.offered(GROUP)
    await office.taps_menu(JORIS, case, see)


@pytest.mark.usefixtures("told_facts")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_shipped_answer_is_filled_in(office: Office, language: str) -> None:
    await office.person(AMINA, language)
    case = await office.claimed()
    await office.answers(JORIS, case, "/canned")
    names = [data.split(":")[2] for data in office.offered(GROUP) if data.startswith("canned_see")]

    for name in names:
        await _canned(office, case, name)
        await office.taps_menu(JORIS, case, f"canned_send:{case.id}:{name}:{language}")
        await office.waits(HOLD)

    said = "\n".join(_told(office))
    assert len(_told(office)) == len(names) == 10
    assert "{" not in said
    for value in ("Joris", "Example & Co", "#1", *FACTS.values()):
        assert value in said


async def test_canned_answer_counts_as_an_answer(office: Office) -> None:
    case = await office.claimed()
    await _canned(office, case, "hello")
    assert "Hello, my name is Joris" in office.last_text(GROUP)

    await office.taps_menu(JORIS, case, f"canned_send:{case.id}:hello:en")
    await office.waits(HOLD)

    assert (await office.case()).state is State.ANSWERED


async def test_missing_fact_of_the_organisation_is_named(office: Office) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "/canned")

    await office.taps_menu(JORIS, case, f"canned_see:{case.id}:contact")

    assert office.toasts[-1].startswith("{mail} is not filled in")


async def _writes_own(office: Office, *texts: tuple[str, str]) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.says(CHRIS, "/canned new bring-id", group=True)
    for language, text in texts:
        await office.says(CHRIS, f"/canned edit bring-id {language} {text}", group=True)


async def test_coordinator_writes_an_answer_from_telegram(office: Office) -> None:
    case = await office.claimed()
    await _writes_own(office, ("en", "Please bring your card to {organisation}, {name} waits."))
    assert "Please bring your card to Example &amp; Co, Chris waits." in office.last_text(GROUP)
    assert "Still without a text: \u2068Nederlands" in office.last_text(GROUP)

    await _canned(office, case, "bring-id")
    await office.taps_menu(JORIS, case, f"canned_send:{case.id}:bring-id:en")
    await office.waits(HOLD)

    assert _told(office)[-1].endswith("Please bring your card to Example & Co, Joris waits.")
    made = await _noted(office, "canned:bring-id", "canned.made")
    changed = await _noted(office, "canned:bring-id:en", "canned.changed")
    assert len(made) == len(changed) == 1


async def test_answer_that_lacks_the_language_asks_first(office: Office) -> None:
    await office.person(AMINA, "ps")
    case = await office.claimed()
    await _writes_own(office, ("en", "Please bring your card."), ("nl", "Breng je kaart mee."))

    await office.answers(JORIS, case, "/canned")
    assert "Please bring your card. (not in Pashto)" in office.last_text(GROUP)
    await office.taps_menu(JORIS, case, f"canned_see:{case.id}:bring-id")
    assert "has no text in Pashto" in office.last_text(GROUP)
    assert not any(data.startswith("canned_send") for data in office.offered(GROUP))

    dutch = f"canned_see:{case.id}:bring-id:nl"
    assert dutch in office.offered(GROUP)
    await office.taps_menu(JORIS, case, dutch)
    assert "Breng je kaart mee." in office.last_text(GROUP)
    await office.taps_menu(JORIS, case, f"canned_send:{case.id}:bring-id:nl")
    await office.waits(HOLD)

    assert _told(office)[-1].endswith("Breng je kaart mee.")


async def test_answer_without_that_text_is_not_sent_by_a_tap(office: Office) -> None:
    case = await office.claimed()
    await _writes_own(office, ("nl", "Breng je kaart mee."))
    await office.answers(JORIS, case, "/canned")

    await office.taps_menu(JORIS, case, f"canned_send:{case.id}:bring-id:en")
    await office.waits(HOLD)

    assert office.toasts[-1].startswith("This has changed")
    assert _told(office) == []


async def test_shipped_answer_is_changed_and_comes_back(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    case = await office.claimed()

    await office.says(CHRIS, "/canned edit hello en Hi, {name} here.", group=True)
    await _canned(office, case, "hello")
    assert "Hi, Joris here." in office.last_text(GROUP)

    await office.says(CHRIS, "/canned remove hello", group=True)
    await office.answers(JORIS, case, "/canned")
    assert f"canned_see:{case.id}:hello" not in office.offered(GROUP)

    await office.says(CHRIS, "/canned new hello", group=True)
    await _canned(office, case, "hello")
    assert "Hello, my name is Joris" in office.last_text(GROUP)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("edit hello en Hi {surname}", "{surname} is not known. You may use: {name}"),
        ("edit hello en Hi <b>you</b>", "Write plain text: &lt;b&gt;"),
        ("edit hello en Hi {name", "A brace stands alone. Write for instance {number}"),
        ("edit hello en " + "a" * 1001, "This text has 1001 characters; 1000 is the most."),
        ("edit hello fr Bonjour", "The bot has no language “fr”. It has: nl"),
        ("edit nothing en Hi", "There is no ready answer “nothing”."),
        ("new Hello World", "A name has 2 to 24 small letters"),
        ("new hello", "There is a ready answer “hello” already."),
        ("remove nothing", "There is no ready answer “nothing”."),
        ("change hello", "Write for instance: /canned new"),
    ],
)
async def test_faults_of_a_canned_answer_are_named(office: Office, command: str, said: str) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)

    await office.says(CHRIS, f"/canned {command}", group=True)

    assert office.last_text(GROUP).startswith(said)
    assert await _noted(office, "canned:hello:en", "canned.changed") == []


async def test_only_coordinators_change_canned_answers(office: Office) -> None:
    await office.colleague(TOM, Role.TRAINEE)
    for who in (JORIS, TOM):
        for command in ("new mine", "edit hello en Hi", "edit hello en", "remove hello"):
            await office.says(who, f"/canned {command}", group=True)
            assert office.last_text(GROUP).startswith("Only coordinators can change")


async def test_list_outside_a_question_tells_what_there_is(office: Office) -> None:
    await _writes_own(office, ("en", "Please bring your card."))

    await office.says(CHRIS, "/canned", group=True)

    assert "<code>hello</code> · Hello, my name is {name}" in office.last_text(GROUP)
    assert "<code>bring-id</code> · Please bring your card. (en)" in office.last_text(GROUP)
    assert "Coordinators:" in office.last_text(GROUP)
    await office.says(JORIS, "/canned", group=True)
    assert "Coordinators:" not in office.last_text(GROUP)


async def test_text_to_change_is_copied_with_one_tap(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)

    await office.says(CHRIS, "/canned edit hello nl", group=True)

    assert "<pre>/canned edit hello nl\nHallo, ik ben {name}" in office.last_text(GROUP)
