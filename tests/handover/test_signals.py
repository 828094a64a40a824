"""Signals for policy work: tagged by colleagues, counted by month, nobody to be recognised."""

from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bot.delivery.messages import Delete, Edit, File
from bot.handover import privacy
from bot.handover.domain.signals import LEAST, OTHER, VARIOUS, Cell, csv, month_before, published
from bot.handover.service import signals as service
from bot.handover.staff_chat import makers
from bot.handover.tables import signals
from tests.support.handover_makers import AMINA, GROUP, JORIS, Office

NOVEMBER = date(2026, 11, 1)


async def _count(office: Office, theme: str, language: str, n: int, month: date = NOVEMBER) -> None:
    row = {"theme": theme, "language": language, "month": month}
    await office.tx.execute(insert(signals), [row] * n)


async def test_question_is_tagged_and_untagged_in_one_message(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, "/signal")
    await office.taps(JORIS, f"signal_theme:{case.id}:diploma")

    edit = office.sent[-1]
    assert isinstance(edit, Edit)
    chosen = [one.label for row in edit.buttons for one in row if one.label.startswith("✓")]
    assert chosen == ["✓ Diploma not recognised", "✓ Done"]
    (row,) = await office.tx.all(select(signals))
    assert (row["theme"], row["language"], row["month"]) == ("diploma", "en", NOVEMBER)

    await office.taps(JORIS, f"signal_theme:{case.id}:diploma")
    assert await office.tx.all(select(signals)) == []

    await office.taps(JORIS, f"signal_done:{case.id}")
    assert isinstance(office.sent[-1], Delete)


async def test_only_who_may_have_the_question_tags_it(office: Office) -> None:
    case = await office.asked()
    await office.notes(case, needs="violence")

    await office.taps(JORIS, f"signal_theme:{case.id}:violence_others")
    await office.takes(office.tap(AMINA, f"signal_theme:{case.id}:diploma"))
    await office.trains(JORIS, "violence")
    await office.taps(JORIS, f"signal_theme:{case.id}:gossip")
    await office.taps(JORIS, f"signal_theme:{case.id}:violence_others")

    assert office.toasts[-3:] == [
        "This question is for colleagues who were trained for it.",
        "Only colleagues of the team can do this.",
        "This has changed in the meantime. Please look again.",
    ]
    assert [row["theme"] for row in await office.tx.all(select(signals))] == ["violence_others"]


async def test_rare_themes_are_not_named_in_the_chat(office: Office) -> None:
    await _count(office, "diploma", "uk", 4)
    await _count(office, "diploma", "ps", 1)
    await _count(office, "diploma", "en", 2)
    await _count(office, "health_card", "uk", 2)
    await _count(office, "bank_refused", "ps", 1)
    await _count(office, "school_refused", "ps", 2, month_before(NOVEMBER))

    await office.says(JORIS, "/signals", group=True)

    assert office.last_text(GROUP).splitlines() == [
        "📣 <b>Signals</b>",
        "",
        "<b>November 2026</b>",
        "• Diploma not recognised: 7 (Ukrainian 4, various languages 3)",
        "• Other themes: 3",
        "",
        "<b>October 2026</b>",
        "Fewer than three signals.",
        "",
        "Fewer than three cases are never named: they stand under “other”.",
    ]


async def test_month_comes_as_a_file(office: Office) -> None:
    await _count(office, "diploma", "uk", 4)

    await office.says(JORIS, "/signals csv 2026-11", group=True)

    file = office.sent[-1]
    assert isinstance(file, File)
    assert file.name == "signals-2026-11.csv"
    made = await makers()[file.made.kind](office.tx, file.made.id)
    assert made.decode() == "month,theme,language,count\n2026-11,diploma,uk,4\n"


@pytest.mark.parametrize("wrong", ["csv", "2026-13", "2026-1", "yes 2026-11", "0000-11", "26-11"])
async def test_what_is_no_month_is_explained(office: Office, wrong: str) -> None:
    await office.says(JORIS, f"/signals {wrong}", group=True)

    assert office.last_text(GROUP) == "Write /signals, or a month: /signals csv 2026-11"


async def test_erased_person_leaves_a_count_that_leads_nowhere(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"signal_theme:{case.id}:diploma")
    amina = await office.person(AMINA)

    await privacy.forget_person(office.desk, office.tx, amina.id, now=office.now)

    (row,) = await office.tx.all(select(signals))
    assert (row["case_id"], row["theme"]) == (None, "diploma")
    await office.taps(JORIS, f"signal_theme:{case.id}:school_refused")
    assert office.toasts[-1] == "This question is not there any more."


async def test_signal_of_midnight_belongs_to_the_month_in_brussels(office: Office) -> None:
    case = await office.claimed()
    await office.waits(timedelta(days=10, hours=14, minutes=30))  # 30 November, 23:30 UTC

    await office.taps(JORIS, f"signal_theme:{case.id}:diploma")

    assert await service.of_month(office.tx, date(2026, 12, 1)) == {}
    (row,) = await office.tx.all(select(signals.c.month))
    assert row["month"] == date(2026, 12, 1)


_CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["nl", "uk", "ps", "fa_AF"])),
    st.integers(1, 6),
)


@given(_CELLS)
def test_no_cell_and_no_difference_shows_fewer_than_three(cells: dict[Cell, int]) -> None:
    shown = published(cells)

    total = sum(cells.values())
    assert sum(shown.values()) == (total if total >= LEAST else 0)
    assert all(n >= LEAST for n in shown.values())
    for theme, group in groupby(sorted(shown), key=lambda cell: cell[0]):
        named = sum(shown[cell] for cell in group)
        true = sum(n for (one, _), n in cells.items() if one == theme)
        assert theme == OTHER or true - named == 0 or true - named >= LEAST


def test_two_rare_cases_take_a_third_along() -> None:
    assert published({("a", "nl"): 5, ("a", "uk"): 3, ("b", "uk"): 2}) == {
        ("a", "nl"): 5,
        (OTHER, VARIOUS): 5,
    }
    assert published({("a", "nl"): 4, ("a", "uk"): 1}) == {("a", VARIOUS): 5}
    assert published({("a", "nl"): 1, ("b", "uk"): 1}) == {}
    assert csv(NOVEMBER, {}) == "month,theme,language,count\n"
