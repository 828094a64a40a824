"""Contacts outside the chat: three taps, counts only, and a mistake can be taken back."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.delivery.messages import Edit, Outgoing
from bot.handover import jobs, privacy
from bot.handover.tables import contacts
from bot.people.domain import Role
from bot.storage.transaction import Row
from tests.support.handover_makers import AMINA, GROUP, JORIS, SARA, TOM, Office


async def _rows(office: Office) -> list[Row]:
    return list(await office.tx.all(select(contacts).order_by(contacts.c.id)))


async def _log(office: Office, argument: str = "", *, who: int = JORIS) -> Outgoing:
    office.desk = replace(office.desk, categories=("housing", "work"))
    await office.says(who, f"/log {argument}", group=True)
    shown = office.sent[-1]
    assert isinstance(shown, Outgoing)
    return shown


async def test_three_taps_count_one_person_for_self(office: Office) -> None:
    await _log(office)

    await office.taps(JORIS, "log:1:channel:phone")
    await office.taps(JORIS, "log:1:language:ps")
    before = await _rows(office)
    await office.taps(JORIS, "log:1:category:housing")

    assert [row["day"] for row in before] == [None]
    (row,) = await _rows(office)
    assert (row["channel"], row["language"], row["category"]) == ("phone", "ps", "housing")
    assert (row["for_whom"], row["people"]) == ("self", 1)
    assert str(row["day"]) == "2026-11-20"
    assert (
        office.last_text(GROUP)
        == "✓ <b>Counted</b>\n📞 Phone · Pashto · housing\nFor self · 1 person"
    )


async def test_one_message_edits_itself(office: Office) -> None:
    await _log(office)
    before = len(office.seen_by(GROUP))

    for fact in ("channel:door", "language:other", "category:work"):
        await office.taps(JORIS, f"log:1:{fact}")

    assert [type(message) for message in office.seen_by(GROUP)[before:]] == [Edit] * 3


async def test_one_more_tap_changes_who_and_how_many(office: Office) -> None:
    await _log(office)
    for fact in ("channel:door", "language:uk", "category:work"):
        await office.taps(JORIS, f"log:1:{fact}")

    await office.taps(JORIS, "log:1:for_whom:professional")
    await office.taps(JORIS, "log:1:people:20")

    (row,) = await _rows(office)
    assert (row["for_whom"], row["people"]) == ("professional", 20)
    assert office.last_text(GROUP).endswith("Professional · 20 people")


async def test_forty_at_the_door_need_two_taps(office: Office) -> None:
    shown = await _log(office, "٤٠ door")

    assert "Which language?" in shown.text
    await office.taps(JORIS, "log:1:language:fa_AF")
    await office.taps(JORIS, "log:1:category:housing")

    (row,) = await _rows(office)
    assert (row["people"], row["channel"], row["language"]) == (40, "door", "fa_AF")


async def test_words_that_mean_nothing_are_explained(office: Office) -> None:
    for wrong in ("fourty", "0 door", "5000", "door door2"):
        shown = await _log(office, wrong)
        assert shown.text == "I did not understand that. Write for instance: /log 40 door"

    assert await _rows(office) == []


async def test_double_tap_counts_one_contact_once(office: Office) -> None:
    await _log(office, "door uk")

    await office.taps(JORIS, "log:1:category:housing")
    await office.taps(JORIS, "log:1:category:housing")

    assert len(await _rows(office)) == 1


async def test_undo_takes_the_contact_out_for_ten_minutes(office: Office) -> None:
    await _log(office, "door uk")
    await office.taps(JORIS, "log:1:category:housing")

    await office.waits(timedelta(minutes=9))
    await office.taps(JORIS, "log_undo:1")

    assert await _rows(office) == []
    await office.taps(JORIS, "log:1:people:3")
    assert office.toasts[-1] == "This is not counted any more. Begin again with /log."


async def test_contact_stays_as_it_is_after_ten_minutes(office: Office) -> None:
    await _log(office, "door uk")
    await office.taps(JORIS, "log:1:category:housing")

    await office.waits(timedelta(minutes=11))
    await office.taps(JORIS, "log_undo:1")
    await office.taps(JORIS, "log:1:people:40")

    assert set(office.toasts[-2:]) == {
        "This was counted more than 10 minutes ago and stays as it is."
    }
    assert [row["people"] for row in await _rows(office)] == [1]


async def test_only_who_began_it_may_change_it(office: Office) -> None:
    await _log(office, "door uk")

    await office.taps(SARA, "log:1:category:housing")
    await office.takes(office.tap(AMINA, "log:1:category:housing"))

    assert office.toasts[-2:] == [
        "Only who began this can change it. Begin your own with /log.",
        "Only colleagues of the team can do this.",
    ]
    assert [row["day"] for row in await _rows(office)] == [None]


async def test_forged_buttons_change_nothing(office: Office) -> None:
    await _log(office)

    for wrong in ("1:channel:pigeon", "1:people:9999", "1:by:2", "1:day:2026-01-01", "1", "x:a:b"):
        await office.taps(JORIS, f"log:{wrong}")
        assert office.toasts[-1] == "This has changed in the meantime. Please look again."

    (row,) = await _rows(office)
    assert (row["channel"], row["people"], row["day"]) == (None, 1, None)


async def test_trainee_counts_and_a_newcomer_does_not(office: Office) -> None:
    await office.colleague(TOM, Role.TRAINEE)

    await _log(office, "mail", who=TOM)
    await office.says(AMINA, "/log mail")

    assert office.last_text(AMINA) == "Only colleagues of the team can do this."
    assert len(await _rows(office)) == 1


async def test_own_chat_speaks_the_colleagues_language(office: Office) -> None:
    await office.person(JORIS, language="nl")

    await office.says(JORIS, "/log")

    _ = office.desk.catalogs.words("nl")
    assert office.last_text(JORIS).endswith(_("How did they come?"))


async def test_night_forgets_who_counted_and_keeps_the_count(office: Office) -> None:
    await _log(office, "door uk")
    await office.taps(JORIS, "log:1:category:housing")
    await _log(office)  # never finished

    await office.waits(timedelta(days=1, hours=1))
    await jobs.jobs(office.desk)["handover.contacts"](office.tx, now=office.now)

    (row,) = await _rows(office)
    assert (row["by"], row["begun_at"], row["counted_at"]) == (None, None, None)
    assert (row["channel"], row["people"]) == ("door", 1)


async def test_forgotten_colleague_leaves_only_counts(office: Office) -> None:
    joris = await office.colleague(JORIS)
    await _log(office, "door uk")
    await office.taps(JORIS, "log:1:category:housing")
    copy = await privacy.export_person(office.tx, joris.id)

    await privacy.forget_person(office.desk, office.tx, joris.id, now=office.now)

    assert copy["contacts counted today"] == [
        {
            "day": "2026-11-20",
            "channel": "door",
            "language": "uk",
            "category": "housing",
            "for_whom": "self",
            "people": "1",
        }
    ]
    assert [(row["by"], row["counted_at"]) for row in await _rows(office)] == [(None, None)]
