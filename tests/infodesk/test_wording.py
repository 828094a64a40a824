"""Every screen in every language: what Telegram takes, and what readers need."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer, Danger, DeskCard, Source
from bot.infodesk.wording import answers, hours, menus, replies, urgent
from bot.infodesk.wording.answers import View
from bot.infodesk.wording.screens import Screen, Voice
from bot.language import bidi, cells, markup
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person, PersonId
from tests.support import infodesk_makers as making
from tests.support.people_makers import NOW

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
TODAY = date(2026, 11, 20)
AN_ANSWER = Answer(
    slug="health/mental",
    language="en",
    title="Dark thoughts & fear",
    short="Call 1813.",
    body="**More** text.",
    danger=Danger(("112", "1813"), "Ik heb hulp nodig.", "I need help."),
    desk=DeskCard("Ik zoek <hulp>.", "I look for help."),
    sources=(
        Source("Fedasil", "https://fedasil.be?a=1&b=2", "2024-06"),
        Source("CAW", "https://caw.be"),
    ),
)


def a_person(language: str) -> Person:
    return Person(PersonId(1), 5_000_000_001, "Amina", language, None)


def a_screen(
    catalogs: Catalogs, shown: Answer, view: View | None = None, language: str = "en"
) -> Screen:
    view = view or View()
    desk = making.a_desk(catalogs)
    return answers.answer(desk.voice(a_person(language), shown), desk.library, shown, view, [])


def actions(screen: Screen) -> list[str]:
    return [button.action or "" for row in screen.buttons for button in row]


def all_screens(desk: InfoDesk, language: str) -> Iterator[Screen]:
    person = a_person(language)
    _ = desk.words(person)
    yield from replies_in(_)
    yield menus.themes(_, desk.library)
    groups = [(a, desk.voice(person, a), c) for a, c in desk.library.urgent_answers(language)]
    yield urgent.numbers(_, groups)
    for category in desk.library.filled_categories():
        found = [(a, desk.voice(person, a)) for a in desk.library.answers_in(category.id, language)]
        yield menus.topics(_, desk.library, category.id, found)
        yield replies.unsure(_, found[:3])
        for shown, voice in found:
            yield from answer_screens(desk, voice, shown)


def replies_in(_: Words) -> Iterator[Screen]:
    yield replies.unknown(_)
    yield replies.greeting(_, "Amina")
    yield replies.greeting(_, "")
    yield replies.thanks(_)
    yield replies.hint(_)
    yield replies.needs_no(_, "location")
    yield replies.needs_no(_, "contact")
    yield Screen(replies.hidden(_))
    for media in replies.GIVABLE:
        yield replies.give(_, media, TODAY + timedelta(days=3), TODAY)


def answer_screens(desk: InfoDesk, voice: Voice, shown: Answer) -> Iterator[Screen]:
    for view in (View(), View(is_open=True), View(is_open=True, is_rated=True, was_no_help=True)):
        yield answers.answer(voice, desk.library, shown, view, [(shown, voice)])
    yield urgent.danger(voice, shown, is_read_now=False)
    if shown.desk:
        yield answers.desk_card(voice, shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_every_screen(catalogs: Catalogs, language: str) -> None:
    for screen in all_screens(making.a_desk(catalogs), language):
        assert 0 < len(screen.text) <= 4096
        assert markup.faults(screen.text) == []
        assert not re.search(r"[{}]", screen.text), screen.text
        for row in screen.buttons:
            for button in row:
                assert 1 <= len((button.action or "").encode()) <= 64
                assert button.label.strip()
                assert len(button.label) <= 80


@pytest.mark.parametrize("language", ["fa_AF", "ps"])
def test_right_to_left_lines_start_on_the_right(catalogs: Catalogs, language: str) -> None:
    for screen in all_screens(making.a_desk(catalogs), language):
        for line in screen.text.split("\n"):
            assert bidi.is_balanced(line), line
            if bidi.has_rtl(line) and not line.startswith(bidi.RLM):
                assert bidi.first_strong(line) == "R", line


@pytest.mark.parametrize("language", ["fa_AF", "ps"])
def test_buttons_in_right_to_left_start_right(catalogs: Catalogs, language: str) -> None:
    for screen in all_screens(making.a_desk(catalogs), language):
        for label in (button.label for row in screen.buttons for button in row):
            if bidi.has_rtl(label) and not label.startswith(bidi.RLM):
                assert bidi.first_strong(label) == "R", label


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_beside_each_other_can_be_read_whole(catalogs: Catalogs, language: str) -> None:
    for screen in all_screens(making.a_desk(catalogs), language):
        for row in screen.buttons:
            assert len(row) == 1 or all(cells.fits_half_a_row(button.label) for button in row)
            assert len(row) <= 2


def test_short_buttons_share_a_row(catalogs: Catalogs) -> None:
    _ = catalogs.words("en")

    laid = [[button.label for button in row] for row in replies.unknown(_).buttons]

    assert laid == [["💬 Ask a colleague"], ["📚 All themes", "🆘 Urgent help"]]


def test_joiner_of_dari_spelling_stays_on_a_button(catalogs: Catalogs) -> None:
    shown = replace(AN_ANSWER, language="fa_AF", title="**قدم‌های** اول")
    voice = making.a_desk(catalogs).voice(a_person("fa_AF"), shown)

    assert voice.label(shown) == "قدم‌های اول"


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_after_a_thumb_is_in_the_language(catalogs: Catalogs, language: str) -> None:
    _ = catalogs.words(language)

    assert (replies.rated(_) == "Thank you. This helps us.") == (language == "en")


def test_danger_comes_first_on_lines_of_its_own(catalogs: Catalogs) -> None:
    text = a_screen(catalogs, AN_ANSWER).text

    assert text.index("\n112\n1813\n") < text.index("<b>Ik heb hulp nodig.</b>")
    assert text.index("<b>Ik heb hulp nodig.</b>") < text.index("<b>Dark thoughts &amp; fear</b>")


def test_sensitive_answer_begins_neutrally_and_silently(catalogs: Catalogs) -> None:
    screen = a_screen(catalogs, replace(AN_ANSWER, is_sensitive=True))

    assert screen.text.startswith("ℹ️ Here is the answer of the info desk.\n")
    assert screen.is_quiet
    assert "hide:health/mental" in actions(screen)
    assert "hide:health/mental" not in actions(a_screen(catalogs, AN_ANSWER))


def test_held_answer_shows_its_safe_core_only(catalogs: Catalogs) -> None:
    screen = a_screen(catalogs, replace(AN_ANSWER, hold="The rules changed.", body="x " * 400))

    assert "Call 1813." in screen.text
    assert "x x" not in screen.text
    assert "Fedasil" not in screen.text
    assert "🚧 The rules changed. Ask a colleague." in screen.text
    assert "ask:health/mental" in actions(screen)
    assert not {"more:health/mental", "up:health/mental:short"} & set(actions(screen))


def test_long_answer_waits_behind_more(catalogs: Catalogs) -> None:
    long = replace(AN_ANSWER, body="words " * 100)

    closed, opened = a_screen(catalogs, long), a_screen(catalogs, long, View(is_open=True))

    assert "words words" not in closed.text
    assert "more:health/mental" in actions(closed)
    assert "words words" in opened.text
    assert "less:health/mental" in actions(opened)


def test_short_answer_is_shown_whole(catalogs: Catalogs) -> None:
    screen = a_screen(catalogs, AN_ANSWER)

    assert "<b>More</b> text." in screen.text
    assert "more:health/mental" not in actions(screen)


def test_sources_are_links_with_their_date(catalogs: Catalogs) -> None:
    text = a_screen(catalogs, AN_ANSWER).text

    assert '• <a href="https://fedasil.be?a=1&amp;b=2">Fedasil</a> (June 2024)' in text
    assert '• <a href="https://caw.be">CAW</a>\n' in text + "\n"


def test_sources_that_read_alike_are_named_once_while_the_answer_is_folded() -> None:
    pages = [Source(name, "https://x.be", "2024") for name in ("Fedasil", "CAW", "Fedasil", "Agii")]

    assert [one.name for one in answers.few(pages)] == ["Fedasil", "CAW"]
    assert [one.name for one in answers.few(pages[::2])] == ["Fedasil"]


def test_marks_go_when_somebody_has_checked(catalogs: Catalogs) -> None:
    unread = a_screen(catalogs, AN_ANSWER).text
    read = replace(AN_ANSWER, facts_checked="AB 2026-03-01", language_checked="CD 2026-03-02")

    assert "A native speaker has not read this text yet." in unread
    assert "has not checked these facts yet" in unread
    assert "native speaker" not in a_screen(catalogs, read).text
    assert "Facts checked by the info desk: Sunday 1 March 2026." in a_screen(catalogs, read).text


def test_other_language_is_said(catalogs: Catalogs) -> None:
    shown = a_screen(catalogs, AN_ANSWER, language="nl")

    assert len(shown.text) > len(a_screen(catalogs, AN_ANSWER).text)
    assert "🌐" in shown.text
    assert "🌐" not in a_screen(catalogs, AN_ANSWER).text


def test_listen_is_shown_only_with_a_recording(catalogs: Catalogs) -> None:
    recorded = replace(AN_ANSWER, recording="x.ogg")

    assert "listen:health/mental" in actions(a_screen(catalogs, recorded))
    assert "listen:health/mental" not in actions(a_screen(catalogs, AN_ANSWER))


def test_card_for_the_counter_is_dutch_first(catalogs: Catalogs) -> None:
    desk = making.a_desk(catalogs)
    card = answers.desk_card(desk.voice(a_person("en"), AN_ANSWER), AN_ANSWER)

    assert card.text.startswith("🪪 <b>Ik zoek &lt;hulp&gt;.</b>\n\nI look for help.")


@pytest.mark.parametrize(
    ("language", "as_of", "expected"),
    [
        ("en", "2024", "2024"),
        ("en", "2024-06", "June 2024"),
        ("en", "2024-06-30", "30 June 2024"),
        ("uk", "2024-06", "червень 2024"),
        ("nl", "2024-06", "juni 2024"),
    ],
)
def test_dates_are_words(catalogs: Catalogs, language: str, as_of: str, expected: str) -> None:
    assert answers.when(catalogs.words(language), as_of) == expected


def test_voice_rule_names_language_and_day(catalogs: Catalogs) -> None:
    _ = catalogs.words("en")

    later = replies.give(_, "voice", TODAY + timedelta(days=3), TODAY)
    today = replies.give(_, "voice", TODAY, TODAY)
    unknown = replies.give(_, "voice", None, TODAY)

    assert "Next in: Monday 23 November 2026." in later.text
    assert "is in today" in today.text
    assert "🕐" not in unknown.text
    assert actions(later) == ["ask", "menu", "urgent"]


def test_nobody_on_duty_is_said_in_danger(catalogs: Catalogs) -> None:
    desk = making.a_desk(catalogs)
    voice = desk.voice(a_person("en"), AN_ANSWER)

    asleep = urgent.danger(voice, AN_ANSWER, is_read_now=False)
    awake = urgent.danger(voice, AN_ANSWER, is_read_now=True)

    assert asleep.text.startswith("🆘 <b>In danger now? Call:</b>\n112\n1813")
    assert "No person of the info desk reads this now" in asleep.text
    assert "No person" not in awake.text
    assert actions(asleep)[-1] == "not_urgent"


def test_danger_without_an_answer_still_says_112(catalogs: Catalogs) -> None:
    voice = Voice(catalogs.words("en"), False, {})

    assert "\n112\n" in urgent.danger(voice, None, is_read_now=True).text


def test_number_to_call_stands_right_in_dari(catalogs: Catalogs) -> None:
    voice = Voice(catalogs.words("fa_AF"), True, {})

    lines = urgent.danger(voice, None, is_read_now=True).text.split("\n")

    assert f"{bidi.RLM}{bidi.isolate_ltr('112')}" in lines


def test_opening_hours_are_one_line_a_day(catalogs: Catalogs) -> None:
    opens, closes = NOW.time().replace(hour=9), NOW.time().replace(hour=12, minute=30)

    assert hours.weekly(catalogs.words("en"), {0: [(opens, closes)]}) == (
        "Monday: from 09:00 to 12:30"
    )
    assert hours.weekly(catalogs.words("en"), {}) == "No fixed hours."
