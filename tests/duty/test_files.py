"""The roster as a file: out and in again without a change, as Excel in Belgium writes it too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.duty import exports, importing
from bot.duty.desk import vocabulary
from bot.duty.domain import DESKS, Block, Duty, Roster
from bot.duty.domain.lines import Vocabulary
from bot.duty.importing import Faulty
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people.domain.team import Team
from tests.support.duty_makers import JAN, KAREN, NOOR, a_duty, a_roster

TEAM = Team({KAREN: "Karen", JAN: "Jan, Piet", NOOR: "نور"})
ROSTER = a_roster(
    a_duty(KAREN, "ps", 0),
    a_duty(JAN, "nl", 4, "13:30-17:00", desk="legal"),
    a_duty(NOOR, "fa_AF", 6, "00:00-23:59", desk="minors"),
)
LINES = """desk,language,weekday,opens,closes,colleague
infodesk,ps,mon,09:00,12:00,Karen
legal,nl,fri,13:30,17:00,"Jan, Piet"
minors,fa_AF,sun,00:00,23:59,نور
"""


@pytest.fixture
def words(catalogs: Catalogs) -> Vocabulary:
    return vocabulary(catalogs)


def test_the_file_reads_like_a_table() -> None:
    assert exports.text(ROSTER, TEAM) == LINES
    assert exports.file(ROSTER, TEAM) == b"\xef\xbb\xbf" + LINES.encode()


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        LINES.replace("\n", "\r\n").encode(),
        b"sep=,\r\n" + LINES.encode(),
        ("\n" + LINES.replace("09:00", "9:00").replace("12:00", "12:00:00") + ",,,,,\n").encode(),
        LINES.replace("Jan, Piet", "Jan#Piet")
        .replace(",", ";")
        .replace("Jan#Piet", "Jan, Piet")
        .encode("utf-8-sig"),
        LINES.replace('"', "").replace("Jan, Piet", "#15").replace(",", "\t").encode(),
    ],
    ids=["ours", "BOM", "UTF-16", "Windows", "sep=", "times of Excel", "semicolons", "tabs"],
)
def test_files_of_every_make_are_read(words: Vocabulary, content: bytes) -> None:
    assert tuple(importing.read(content, words, TEAM)) == ROSTER.duties


def test_a_file_of_old_excel_is_read(words: Vocabulary) -> None:
    content = "desk;language;weekday;opens;closes;colleague\nlegal;nl;vr;9:00;12:00;Zoë\n"

    found = importing.read(content.encode("cp1252"), words, Team({NOOR: "Zoë"}))

    assert found == [a_duty(NOOR, "nl", 4, desk="legal")]


def test_each_faulty_line_is_named_with_its_reason(words: Vocabulary, catalogs: Catalogs) -> None:
    content = (
        "colleague,desk,language,weekday,opens,closes\n"
        "Karen,infodesk,ps,mon,09:00,12:00\n"
        "Karen,kitchen,ps,mon,09:00,12:00\n"
        "Karen,infodesk,xx,mon,09:00,12:00\n"
        "Karen,infodesk,ps,someday,09:00,12:00\n"
        "\n"
        "Karen,infodesk,ps,tue,nine,12:00\n"
        "Karen,infodesk,ps,tue,12:00,09:00\n"
        "Piet,infodesk,ps,tue,09:00,12:00\n"
        "Karen,infodesk,ps,mon,11:00,13:00\n"
        "Karen\n"
    )

    with pytest.raises(Faulty) as faulty:
        importing.read(content.encode(), words, TEAM)

    english = catalogs.words("en")
    told = {
        one.line: bidi.strip_marks(english.plain(one.why.sentence, **one.why.values))
        for one in faulty.value.faults
    }
    assert told == {
        3: "desk: “kitchen” is none of infodesk, legal, volunteering, minors",
        4: "language: “xx” is none of nl, en, uk, fa_AF, ps",
        5: "weekday: “someday” is none of mon, tue, wed, thu, fri, sat, sun",
        7: "“nine” is no time of a day. Write it so: 09:00-12:30.",
        8: "12:00-09:00: it must open before it closes, on the same day.",
        9: "Nobody in the team is called “Piet”. In the team are: Karen, Jan, Piet, نور.",
        10: "overlaps with line 2",
        11: "desk: “” is none of infodesk, legal, volunteering, minors",
    }


@pytest.mark.parametrize("content", [b"", b"desk,language\n", b"a roster", b"\x00\xff\xfe"])
def test_a_file_without_the_columns_is_refused(words: Vocabulary, content: bytes) -> None:
    with pytest.raises(Faulty) as faulty:
        importing.read(content, words, TEAM)

    assert len(faulty.value.faults) == 1


NAMES = st.text(min_size=1, max_size=20).map(bidi.safe_name)
MINUTES = st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True).map(sorted)
DUTIES = st.builds(
    lambda desk, code, day, minutes, who: Duty(
        desk, code, day, Block.read("{:02}:{:02}-{:02}:{:02}".format(*_clock(minutes))), who
    ),
    st.sampled_from(DESKS),
    st.sampled_from(["nl", "en", "uk", "fa_AF", "ps"]),
    st.integers(0, 6),
    MINUTES,
    st.integers(1, 6),
)


def _clock(minutes: list[int]) -> tuple[int, int, int, int]:
    return (*divmod(minutes[0], 60), *divmod(minutes[1], 60))


def _without_overlaps(duties: list[Duty]) -> list[Duty]:
    kept: list[Duty] = []
    for duty in duties:
        if not any(one.shares_time(duty) for one in kept):
            kept.append(duty)
    return kept


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.lists(NAMES, min_size=6, max_size=6),
    st.lists(DUTIES, max_size=12).map(_without_overlaps),
    st.booleans(),
)
def test_every_roster_comes_back_as_it_went(
    catalogs: Catalogs, names: list[str], duties: list[Duty], is_file: bool
) -> None:
    team = Team(dict(enumerate(names, start=1)))
    roster = Roster(duties=tuple(duties))

    content = exports.file(roster, team) if is_file else exports.text(roster, team).encode()

    assert importing.read(content, vocabulary(catalogs), team) == sorted(duties)
