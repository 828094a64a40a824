"""A colleague sends a reviewed answer: searched in their language, read in the person's."""

from dataclasses import replace

import pytest

from bot.delivery.messages import Edit, Outgoing
from bot.dialog.routes import Routes
from bot.handover.domain import Case, State
from bot.handover.service import pieces
from bot.infodesk import chat as info_chat
from bot.infodesk import staff_chat
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.domain import Library
from bot.infodesk.wording import reviewed as wording
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.transaction import Tx
from tests.support import infodesk_makers as making
from tests.support.handover_makers import (
    AMINA,
    GROUP,
    HOLD,
    JORIS,
    SARA,
    TOM,
    Office,
    a_desk,
    no_topics,
)

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
RENT = "How do I find a house to rent?"
SLUG = "housing/find"


@pytest.fixture
def info(catalogs: Catalogs) -> InfoDesk:
    return replace(making.a_desk(catalogs), staff_language="en")


@pytest.fixture
async def office(tx: Tx, catalogs: Catalogs, info: InfoDesk) -> Office:
    """A queue whose colleagues have the info desk beside them."""
    desk = a_desk(catalogs, further_case_buttons=wording.case_buttons)
    taps = Routes(
        actions=info_chat.routes(info).actions
    )  # what they write is not for the info desk
    found = Office(tx, desk, further=(staff_chat.routes(info, desk), taps))
    await found.person(AMINA)
    await found.colleague(JORIS)
    await found.colleague(SARA)
    return found


def _told(office: Office) -> list[Outgoing]:
    found = [one for one in office.seen_by(AMINA) if isinstance(one, Outgoing)]
    return [one for one in found if "👤" in one.text]


def _place(info: InfoDesk, slug: str) -> int:
    return list(info.library.topics).index(slug)


def _see(office: Office, info: InfoDesk, case: Case, slug: str = SLUG) -> str:
    """The button of a topic in the menu on the screen."""
    start = f"reviewed_see:{case.id}:{_place(info, slug)}:"
    return next(data for data in office.offered(GROUP) if data.startswith(start))


async def _sent(office: Office, info: InfoDesk, case: Case, slug: str = SLUG) -> None:
    """Joris sends the topic by its buttons."""
    await office.taps(JORIS, f"reviewed:{case.id}")
    await office.taps_menu(JORIS, case, _see(office, info, case, slug))
    send = f"reviewed_send:{case.id}:{slug}"
    assert send in office.offered(GROUP)
    await office.taps_menu(JORIS, case, send)


async def test_button_stands_first_in_the_header(office: Office) -> None:
    case = await office.claimed(text=RENT)

    header = next(
        one for one in office.seen_by(GROUP) if getattr(one, "slot", "") == "case:1:header"
    )
    assert isinstance(header, Outgoing)
    assert [one.action for one in header.buttons[0]] == [
        f"reviewed:{case.id}",
        f"phrases:{case.id}",
    ]


async def test_guess_for_the_question_comes_first(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)

    await office.taps(JORIS, f"reviewed:{case.id}")

    listed = [data for data in office.offered(GROUP) if data.startswith("reviewed_see")]
    assert listed[0] == _see(office, info, case)
    assert 1 <= len(listed) <= 5


async def test_colleague_searches_in_their_own_language(office: Office, info: InfoDesk) -> None:
    await office.person(JORIS, "nl")
    await office.person(AMINA, "ps")
    case = await office.claimed(text="سلام")

    await office.answers(JORIS, case, "/answer ik zoek een huis om te huren")

    await office.taps_menu(JORIS, case, _see(office, info, case))
    title = info.library.answers["nl"][SLUG].title
    assert title in office.last_text(GROUP)


async def test_one_word_of_a_title_is_enough(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text="hello hello")
    title = info.library.answers["en"]["health/doctor"].title

    await office.answers(JORIS, case, f"/answer {title}")

    assert _see(office, info, case, "health/doctor")


async def test_nothing_found_says_how_to_go_on(office: Office) -> None:
    case = await office.claimed(text="qwertz")

    await office.taps(JORIS, f"reviewed:{case.id}")

    assert "I found none." in office.last_text(GROUP)
    assert office.offered(GROUP) == [f"menu_away:{case.id}"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_person_reads_the_topic_in_their_language(
    office: Office, info: InfoDesk, language: str
) -> None:
    await office.person(AMINA, language)
    case = await office.claimed(text=RENT)

    await _sent(office, info, case)
    assert _told(office) == []
    await office.waits(HOLD)

    [told] = _told(office)
    answer = info.library.answers[language][SLUG]
    assert bidi.strip_marks(answer.title) in bidi.strip_marks(told.text)
    words = info.catalogs.words(language)
    assert words("🔗 Where this comes from:") in told.text
    assert ("✅" if answer.facts_checked else "⚠️") in told.text
    actions = [button.action or "" for row in told.buttons for button in row]
    assert actions[:2] == [f"solved:{case.id}", f"go_on:{case.id}"]
    assert any(action.startswith("open_anew:topic:") for action in actions)
    assert not any(action.startswith(("ask", "up:", "more:")) for action in actions)


async def test_colleagues_words_stay_whatever_is_tapped_below(
    office: Office, info: InfoDesk
) -> None:
    case = await office.claimed(text=RENT)
    await _sent(office, info, case)
    await office.waits(HOLD)
    [told] = _told(office)
    ways = [one.action or "" for row in told.buttons for one in row]
    ways = [one for one in ways if one.startswith("open_anew:")]
    assert {"open_anew:topics", f"open_anew:desk_card:{SLUG}"} <= {*ways}

    for way in ways:
        before = len(office.seen_by(AMINA))
        await office.taps(AMINA, way)

        [shown] = office.seen_by(AMINA)[before:]
        assert isinstance(shown, Outgoing), way
        assert "👤" not in shown.text


@pytest.mark.parametrize(
    "data", ["open_anew:", "open_anew:none", "open_anew:open_anew:topics", "open_anew:solved:1"]
)
async def test_forged_way_on_is_refused(office: Office, data: str) -> None:
    before = len(office.seen_by(AMINA))

    await office.taps(AMINA, data)

    assert len(office.seen_by(AMINA)) == before
    assert office.toasts[-1] == "This has changed in the meantime. Please look again."


async def test_it_counts_as_an_answer_and_stands_on_the_card(
    office: Office, info: InfoDesk
) -> None:
    case = await office.claimed(text=RENT)

    await _sent(office, info, case)
    assert (await office.case()).shown == ()
    await office.waits(HOLD)

    now = await office.case()
    assert now.state is State.ANSWERED
    assert now.answered_at is not None
    assert now.shown == (info.library.answers["en"][SLUG].title,)
    [kept] = await pieces.of(office.tx, case.id, direction="out")
    assert kept.text.startswith(info.library.answers["en"][SLUG].title)
    assert kept.state == "sent"


async def test_preview_shows_what_the_person_will_get(office: Office, info: InfoDesk) -> None:
    await office.person(AMINA, "uk")
    case = await office.claimed(text=RENT)
    await office.taps(JORIS, f"reviewed:{case.id}")

    await office.taps_menu(JORIS, case, _see(office, info, case))

    text = office.last_text(GROUP)
    assert info.library.answers["en"][SLUG].title in text
    assert "<b>The person gets, in Ukrainian:</b>" in text
    assert info.library.answers["uk"][SLUG].title in text
    assert _told(office) == []


async def test_back_from_a_preview_shows_the_same_titles(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)
    await office.taps(JORIS, f"reviewed:{case.id}")
    titles = office.offered(GROUP)
    await office.taps_menu(JORIS, case, _see(office, info, case))

    back = next(data for data in office.offered(GROUP) if data.startswith("reviewed_list"))
    await office.taps_menu(JORIS, case, back)

    assert office.offered(GROUP) == titles


async def test_second_tap_on_send_sends_nothing(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)
    await _sent(office, info, case)

    await office.taps_menu(JORIS, case, f"reviewed_send:{case.id}:{SLUG}")
    await office.waits(HOLD)

    assert office.toasts[-1] == "This was sent already."
    assert len(_told(office)) == 1


async def test_stop_keeps_it_in_and_nothing_is_noted(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)
    await _sent(office, info, case)

    await office.answers(JORIS, case, "/stop")
    await office.waits(HOLD)

    assert _told(office) == []
    assert (await office.case()).shown == ()


async def test_only_the_claimant_sends_reviewed_answers(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)
    await office.taps(JORIS, f"reviewed:{case.id}")
    see = _see(office, info, case)

    for data in (f"reviewed:{case.id}", see, f"reviewed_send:{case.id}:{SLUG}"):
        await office.taps_menu(SARA, case, data)
        assert office.toasts[-1].startswith("Only the colleague who claimed")
    await office.answers(SARA, case, "/answer rent")
    await office.waits(HOLD)

    assert office.last_text(GROUP).startswith("Only the colleague who claimed")
    assert _told(office) == []


async def test_question_closed_meanwhile_gets_no_answer(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)
    await office.taps(JORIS, f"reviewed:{case.id}")
    await office.taps(AMINA, f"solved:{case.id}")

    await office.taps_menu(JORIS, case, f"reviewed_send:{case.id}:{SLUG}")
    await office.waits(HOLD)

    assert office.toasts[-1].startswith("This question is closed.")
    assert _told(office) == []


async def test_topic_that_is_gone_is_outdated(office: Office, info: InfoDesk) -> None:
    case = await office.claimed(text=RENT)
    await office.taps(JORIS, f"reviewed:{case.id}")

    for data in (f"reviewed_send:{case.id}:housing/castle", f"reviewed_see:{case.id}:9999:9999"):
        await office.taps_menu(JORIS, case, data)
        assert office.toasts[-1].startswith("This has changed")


async def test_answer_outside_a_topic_says_where_to_use_it(office: Office) -> None:
    await office.claimed(text=RENT)

    await office.says(JORIS, "/answer rent", group=True)

    assert office.last_text(GROUP).startswith("Use this inside the topic of a question")


async def test_it_works_by_replies_without_topics(office: Office, info: InfoDesk) -> None:
    office.judge = no_topics
    case = await office.claimed(text=RENT)
    assert not (await office.case()).has_topic
    header = await office.message_id(case.slot("header"))

    await office.says(JORIS, "/answer a house to rent", group=True, reply_to=header)
    await office.taps_menu(JORIS, case, _see(office, info, case))
    await office.taps_menu(JORIS, case, f"reviewed_send:{case.id}:{SLUG}")
    await office.waits(HOLD)

    assert len(_told(office)) == 1


async def test_mentor_reads_all_that_a_trainee_would_send(office: Office, info: InfoDesk) -> None:
    await office.colleague(TOM, Role.TRAINEE)
    await office.person(AMINA, "uk")
    case = await office.claimed(TOM, text=RENT)
    await office.taps(TOM, f"reviewed:{case.id}")

    await office.taps_menu(TOM, case, f"reviewed_send:{case.id}:{SLUG}")
    await office.waits(HOLD)

    assert _told(office) == []
    record = [one for one in office.seen_by(GROUP) if isinstance(one, Edit)][-1]
    assert info.library.answers["en"][SLUG].title in record.text
    asked = [one for one in office.seen_by(GROUP) if isinstance(one, Outgoing)]
    actions = [button.action or "" for one in asked for row in one.buttons for button in row]
    await office.taps(SARA, next(one for one in actions if one.startswith("check_ok")))
    await office.waits(HOLD)

    [told] = _told(office)
    assert told.text in record.text


def _changed(library: Library, language: str, **changes: str | None) -> Library:
    answers = {code: dict(known) for code, known in library.answers.items()}
    answers[language][SLUG] = replace(answers[language][SLUG], **changes)  # type: ignore[arg-type]
    return replace(library, answers=answers)


async def test_topic_on_hold_tells_the_colleague_first(office: Office, info: InfoDesk) -> None:
    held = info.library
    for language in LANGUAGES:
        held = _changed(held, language, hold="The rent rules changed.")
    office.further = (
        staff_chat.routes(replace(info, shelf=Shelf(held, info.search)), office.desk),
    )
    case = await office.claimed(text=RENT)
    await office.taps(JORIS, f"reviewed:{case.id}")
    newest = [one for one in office.seen_by(GROUP) if isinstance(one, Outgoing | Edit)][-1]
    assert newest.buttons[0][0].label.startswith("🚧 ")

    await office.taps_menu(JORIS, case, _see(office, info, case))
    assert office.last_text(GROUP).startswith("🚧 <b>On hold:</b> The rent rules changed.")
    await office.taps_menu(JORIS, case, f"reviewed_send:{case.id}:{SLUG}")
    await office.waits(HOLD)

    [told] = _told(office)
    assert "🚧 The rent rules changed." in told.text
    assert held.answers["en"][SLUG].body[:40] not in told.text


async def test_topic_without_the_persons_language_is_named(office: Office, info: InfoDesk) -> None:
    answers = {code: dict(known) for code, known in info.library.answers.items()}
    del answers["ps"][SLUG]
    less = replace(info.library, answers=answers)
    office.further = (
        staff_chat.routes(replace(info, shelf=Shelf(less, info.search)), office.desk),
    )
    await office.person(AMINA, "ps")
    case = await office.claimed(text=RENT)

    await office.taps(JORIS, f"reviewed:{case.id}")
    assert "🌐 not in Pashto yet" in office.last_text(GROUP)
    await office.taps_menu(JORIS, case, _see(office, info, case))
    assert "<b>The person gets, in English:</b>" in office.last_text(GROUP)


def test_buttons_of_every_topic_fit_in_telegram(info: InfoDesk) -> None:
    longest = max(map(len, info.library.topics))
    assert len(f"reviewed_send:{10**9}:") + longest <= 64
    assert len(f"reviewed_see:{10**9}:999:999.999.999.999.999") <= 64
