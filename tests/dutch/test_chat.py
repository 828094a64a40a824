"""What people tap: the hour, the days, the exercise, and buttons that somebody forged."""

from datetime import UTC, datetime

import pytest

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, File, Message, Outgoing
from bot.dutch import chat, exports
from bot.dutch.desk import DutchDesk
from bot.dutch.domain import Course, Exercise
from bot.dutch.service import learning
from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.engine import Database
from tests.support import broadcast_makers as making
from tests.support import shipped

FILES = shipped.files()
DESK = DutchDesk(FILES.catalogs, FILES.course)
FIRST = FILES.course.phrases[0]
FRIDAY = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)  # 12:00 in Brussels


async def _taps(database: Database, person: Person, data: str, desk: DutchDesk = DESK) -> Message:
    tap = Tapped(
        chat_id=person.telegram_id,
        is_private=True,
        at=FRIDAY,
        message_id=7,
        query_id="q",
        data=data,
    )
    async with database.writing() as tx:
        (reply,) = await chat.routes(desk).actions[tap.action](tx, person, tap)
    return reply


async def _somebody(database: Database, language: str = "en") -> Person:
    async with database.writing() as tx:
        return await making.a_newcomer(tx, 1, language)


async def test_hour_that_is_over_begins_tomorrow(database: Database) -> None:
    amina = await _somebody(database)

    shown = await _taps(database, amina, "phon:9")

    assert isinstance(shown, Edit)
    assert "every day" in shown.text
    assert "Saturday 21 November, 09:00" in shown.text


async def test_weekdays_are_kept_when_the_hour_changes(database: Database) -> None:
    amina = await _somebody(database)
    for data in ("phon:9", "phdays:1", "phon:10"):
        shown = await _taps(database, amina, data)

    assert isinstance(shown, Edit)
    assert "Monday 23 November, 10:00" in shown.text


async def test_stop_keeps_the_place_and_one_tap_goes_on(database: Database) -> None:
    amina = await _somebody(database)
    await _taps(database, amina, "phon:9")

    stopped = await _taps(database, amina, "phstop")
    assert isinstance(stopped, Outgoing)
    ((again,),) = stopped.buttons
    await _taps(database, amina, again.action or "")

    async with database.reading() as tx:
        learner = await learning.of_person(tx, amina.id)
    assert learner is not None
    assert learner.is_on


async def test_stop_by_who_never_asked_is_said_kindly(database: Database) -> None:
    stopped = await _taps(database, await _somebody(database), "phstop")

    assert isinstance(stopped, Outgoing)
    assert "no more Dutch phrases" in stopped.text


@pytest.mark.parametrize("language", FILES.catalogs.codes)
async def test_only_the_right_meaning_is_right(database: Database, language: str) -> None:
    person = await _somebody(database, language)
    _ = FILES.catalogs.words(language)

    for choice in FILES.course.choices(FIRST, language):
        data = f"pha:{Exercise.MEANING}:{FIRST.key}:{choice.key}"
        shown = await _taps(database, person, data)

        assert isinstance(shown, Edit)
        assert shown.text.startswith(_("✅ <b>Right! Well done.</b>")) == (choice is FIRST)


async def test_only_the_missing_word_is_right(database: Database) -> None:
    person = await _somebody(database)

    right = []
    for place, word in enumerate(FIRST.words):
        shown = await _taps(database, person, f"pha:{Exercise.WORD}:{FIRST.key}:{place}")
        assert isinstance(shown, Edit)
        right += [word] if "Right!" in shown.text else []

    assert right == [FIRST.word]


@pytest.mark.parametrize(
    "data",
    [
        *("phon:7", "phon:21", "phon:", "phon:x", "phon:²", "phdays:2", "phread:gone", "phask:m"),
        *("phask:x:greet-how", "pha:m:gone:greet-how", "pha:q:greet-how:1", "phhear:greet-how"),
    ],
)
async def test_forged_button_is_outdated_and_changes_nothing(database: Database, data: str) -> None:
    person = await _somebody(database)

    with pytest.raises(Outdated):
        await _taps(database, person, data)

    async with database.reading() as tx:
        assert await learning.of_person(tx, person.id) is None


async def test_recording_gives_a_button_and_its_voice(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clip = tmp_path_factory.mktemp("dutch") / f"{FIRST.key}.ogg"
    clip.write_bytes(b"OggS")
    course = Course(FILES.course.phrases, FILES.course.meanings, {FIRST.key: str(clip)})
    person, desk = await _somebody(database), DutchDesk(FILES.catalogs, course)

    shown = await _taps(database, person, f"phread:{FIRST.key}", desk)
    voice = await _taps(database, person, f"phhear:{FIRST.key}", desk)

    assert isinstance(shown, Edit)
    assert "🔊 Listen" in [button.label for row in shown.buttons for button in row]
    assert isinstance(voice, File)
    assert voice.as_voice
    async with database.reading() as tx:
        assert await exports.recording(course, tx, voice.made.id) == b"OggS"


async def test_every_answer_fits_into_a_button(database: Database) -> None:
    person = await _somebody(database)
    for phrase in FILES.course.phrases:
        for exercise in Exercise:
            shown = await _taps(database, person, f"phask:{exercise}:{phrase.key}")
            assert isinstance(shown, Edit)
            actions = [button.action or "" for row in shown.buttons for button in row]
            assert max(len(action.encode()) for action in actions) <= 64
