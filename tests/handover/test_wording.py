"""Everything people read, in every language."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import splitting
from bot.delivery.messages import Button, Buttons
from bot.delivery.outcomes import Receipt
from bot.delivery.slots import Slot
from bot.errors import Refused
from bot.handover import domain
from bot.handover.domain import Draft, Kept, Own, Piece, PieceId, State, Summary
from bot.handover.domain.contacts import Channel, Contact, ForWhom
from bot.handover.domain.figures import Figures, Met, Wait
from bot.handover.domain.queueing import Hit, Step, Story, Wish
from bot.handover.domain.queueing import page as page_of
from bot.handover.wording import answer, card, contacts, helping, newcomer, queueing, topic
from bot.handover.wording import figures as figure_words
from bot.language import bidi
from bot.language.catalog import Catalogs, Words
from bot.language.template import placeholders
from bot.people.domain import Role, nobody
from tests.handover.test_domain import CASE
from tests.support.handover_makers import HOLD, NOW

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
WORDS = "ما داکتر کار داریم <b>112</b> {number}"
PIECE = Piece(PieceId(7), CASE.id, "in", 10, 5_000_000_001, (3,), None, WORDS, "received", NOW)


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, catalogs: Catalogs) -> Words:
    return catalogs.words(request.param)


def _newcomer_screens(_: Words) -> list[tuple[str, Buttons]]:
    answered = replace(CASE, state=State.CLOSED, answered_at=NOW)
    other = replace(CASE, kind=domain.OTHER_LANGUAGE)
    moments = (None, NOW - timedelta(hours=1), NOW + timedelta(days=2))
    owns = [
        Own(replace(CASE, state=state, is_urgent=urgent), at)
        for state in (*domain.OPEN, State.CLOSED)
        for at in moments
        for urgent in (True, False)
    ]
    return [
        newcomer.begun(_, Draft(CASE)),
        newcomer.begun(_, Draft(CASE, (PIECE,))),
        newcomer.begun(_, Draft(other)),
        newcomer.got_it(_, Draft(CASE, (PIECE, PIECE))),
        newcomer.silent(_, CASE),
        (newcomer.cancelled(_), ()),
        *(newcomer.sent(_, own, now=NOW) for own in owns),
        newcomer.heard(_, 7),
        (newcomer.added(_, CASE), ()),
        (newcomer.nothing_anew(_), ()),
        (newcomer.go_on(_, CASE), newcomer.answer_buttons(_, CASE)),
        newcomer.closed(_, answered),
        newcomer.closed(_, replace(answered, is_rated=True)),
        newcomer.solved(_, answered),
        newcomer.rated(_, answered),
        newcomer.questions(_, [], now=NOW),
        newcomer.questions(_, owns, now=NOW),
    ]


def _staff_screens(_: Words, asked_in: Words) -> list[tuple[str, Buttons]]:
    summary = Summary(
        replace(CASE, is_urgent=True, shown=("Je <huis>",), kind=domain.OTHER_LANGUAGE),
        text=WORDS * 40,
        media=("photo", "photo", "voice"),
        earlier=2,
        claimant="R&D <Joris>",
    )
    states = [replace(CASE, state=state) for state in (State.CLAIMED, State.CLOSED)]
    states += [replace(CASE, state=state) for state in (State.DROPPED, State.DELETED)]
    reasons = ("note", "command", "unclaimed", "anonymous", "over", "other")
    return [
        card.card(_, summary, asked_in, "Wonen"),
        topic.header(_, summary, asked_in, "Wonen", hold=HOLD),
        *(card.line(_, case, asked_in, "Wonen", name="R&D") for case in states),
        (card.listing(_, [CASE], asked_in, total=30, now=NOW), ()),
        (card.listing(_, [], asked_in, total=0, now=NOW), ()),
        *_overview_screens(_),
        *((topic.kept(_, Kept(CASE, why, True, "R&D")), ()) for why in reasons),
        *((text, ()) for text in _short_staff_texts(_)),
    ]


def _overview_screens(_: Words) -> list[tuple[str, Buttons]]:
    catalogs = Catalogs([_])
    case = replace(CASE, language=_.code)
    scene = queueing.Scene(_, catalogs, {}, {case.slot("topic"): Slot("", -1001, 7)}, NOW)
    page = page_of([case] * 45, Wish(page=1), nobody(), now=NOW)
    contact = Contact(1, None, Channel.DOOR, "other", "housing", ForWhom.SELF, 40, None)
    steps = [Step(action, NOW, "R&D <Joris>") for action in domain.TRANSITIONS]
    met = (Met(NOW.date(), Channel.DOOR, "other", 2, 41),)
    hour = timedelta(hours=1)
    figures = Figures({_.code: 3}, {_.code: 1}, {}, (Wait(_.code, hour, hour),), met, {3: 1})
    return [
        queueing.queue(scene, page),
        queueing.found(scene, [Hit(case, WORDS)], WORDS),
        queueing.found(scene, [], WORDS),
        queueing.story(scene, Story(Summary(case, WORDS), tuple(steps)), "Wonen"),
        contacts.screen(_, contact, catalogs, [("housing", "Wonen")]),
        contacts.screen(_, replace(contact, language=None), catalogs, []),
        contacts.screen(_, replace(contact, channel=None), catalogs, []),
        contacts.screen(_, replace(contact, counted_at=NOW), catalogs, [("housing", "Wonen")]),
        (figure_words.stats(_, catalogs, figures, figures, {_.code: 2}), ()),
        (figure_words.stats(_, catalogs, Figures(), Figures(), {}), ()),
    ]


def _short_staff_texts(_: Words) -> list[str]:
    return [
        topic.taken_over(_, Summary(CASE, text="", claimant="R&D", speakers=("Ana",)), _),
        topic.released(_, "R&D"),
        topic.solved(_),
        topic.reopened(_, by_person=True),
        topic.reopened(_, by_person=False, name="R&D"),
        topic.edited(_, [WORDS]),
        topic.withdrawn(_),
        topic.stopped(_),
        topic.undone(_),
        topic.not_undone(_),
        topic.edit_too_late(_),
        topic.blocked(_),
        topic.failed(_, Receipt("1", "refused", 5, reason="a <reason>")),
        topic.unsure(_),
        *(helping.help_text(_, topic.COMMANDS, replace(nobody(), role=role)) for role in Role),
    ]


def test_other_language_is_promised_nobody_who_speaks_ours(spoken: Words) -> None:
    case = replace(CASE, kind=domain.OTHER_LANGUAGE)

    for moment in (None, NOW - timedelta(hours=1), NOW + timedelta(days=2)):
        said = newcomer.expectation(spoken, Own(case, moment), now=NOW)
        assert spoken.name not in said
        assert "112" not in said


def test_toast_says_where_the_question_is_now(catalogs: Catalogs) -> None:
    states = (State.CLOSED, State.DROPPED, State.NEW, State.CLAIMED)

    said = [
        topic.done_toast(catalogs.words("en"), replace(CASE, number=3, state=state))
        for state in states
    ]

    assert said == [
        "#3 is closed.",
        "#3 is set aside: not a question.",
        "#3 is back in the queue.",
        "#3 is open again.",
    ]


def _check(text: str, buttons: Buttons) -> None:
    without_own_words = text.replace("{number}", "")
    assert text
    assert "{" not in without_own_words
    assert "<b>112</b>" not in text, "a person's words are never markup"
    assert text.count("<b>") == text.count("</b>")
    assert bidi.is_balanced(text)
    assert splitting.split(text) == [text], "fits in one message"
    for button in (button for row in buttons for button in row):
        _check_button(button)


def _check_button(button: Button) -> None:
    assert button.action is not None
    assert len(button.action.encode()) <= 64
    assert 0 < len(button.label) <= 40
    assert "{" not in button.label


def test_newcomer_screens_read_well_in_every_language(spoken: Words) -> None:
    for text, buttons in _newcomer_screens(spoken):
        _check(text, buttons)


def test_staff_screens_read_well_for_every_language(spoken: Words, catalogs: Catalogs) -> None:
    for code in LANGUAGES:
        for text, buttons in _staff_screens(spoken, catalogs.words(code)):
            _check(text, buttons)


def test_refusals_fill_their_places(spoken: Words) -> None:
    refusals = [
        value
        for value in vars(domain).values()
        if isinstance(value, type) and issubclass(value, Refused)
    ]
    for refusal in refusals:
        values = dict.fromkeys(placeholders(refusal.sentence), "R&D")
        said = spoken.label(refusal.sentence, **values)
        assert "{" not in said
        assert len(said) <= 200, "a toast"


def test_mark_fits_a_caption_in_every_language(spoken: Words) -> None:
    line = answer.mark(spoken, "Vluchtelingenwerk Vlaanderen")

    assert answer.utf16_length(line) < 100
    assert answer.caption(spoken, "Example", "photo", "", ()) is not None
    assert answer.caption(spoken, "Example", "sticker", "", ()) is None
    assert answer.caption(spoken, "Example", "photo", "a" * 1020, ()) is None


def test_right_to_left_words_keep_their_own_side_on_a_card(catalogs: Catalogs) -> None:
    text, _ = card.card(
        catalogs.words("nl"), Summary(CASE, text="سلام 112"), catalogs.words("fa_AF"), ""
    )

    (line,) = [line for line in text.split("\n") if "112" in line]
    assert bidi.first_strong(line) == "R"


def test_topic_title_is_never_too_long(catalogs: Catalogs) -> None:
    asked_in = catalogs.words("ps")

    title = card.topic_title(asked_in, CASE, asked_in, "a very long category " * 20)

    assert len(title) <= 128
    assert title.endswith("⏳")


def test_languages_are_named_as_the_staff_calls_them(catalogs: Catalogs) -> None:
    dutch, ukrainian = catalogs.words("nl"), catalogs.words("uk")

    assert card.title(dutch, CASE, ukrainian, "Wonen").split(" · ")[1] == "Oekraïens"
    assert card.title(ukrainian, CASE, dutch, "Житло").split(" · ")[1] == "Нідерландська"
    assert card.inbox_title(dutch, "infodesk", ukrainian) == "📥 Українська Oekraïens"
    assert card.inbox_title(dutch, "infodesk", dutch) == "📥 Nederlands"


def test_question_in_another_language_does_not_claim_the_staffs_own(catalogs: Catalogs) -> None:
    dutch = catalogs.words("nl")
    other = replace(CASE, kind=domain.OTHER_LANGUAGE)

    texts = [
        card.title(dutch, other, dutch, ""),
        card.listing(dutch, [other], dutch, total=1, now=NOW),
    ]

    for text in texts:
        assert "Andere taal" in text
        assert "Nederlands" not in text


def test_claimed_question_still_says_that_it_is_urgent(spoken: Words) -> None:
    urgent = Summary(replace(CASE, is_urgent=True, kind=domain.OTHER_LANGUAGE), text="?")

    text, _ = topic.header(spoken, urgent, spoken, "Wonen", hold=HOLD)

    assert spoken("🔴 <b>Urgent</b>") in text
    assert spoken("🌍 In a language the bot does not speak") in text


def test_who_chose_no_language_is_not_told_to_use_the_bot(spoken: Words) -> None:
    own = Own(replace(CASE, kind=domain.OTHER_LANGUAGE), None)

    text, _ = newcomer.sent(spoken, own, now=NOW)

    assert spoken("You can go on using the bot meanwhile.") not in text
