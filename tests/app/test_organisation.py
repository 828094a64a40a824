"""`organisation.toml`: what is wrong is named, in one sentence."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.app import organisation
from bot.app.settings import ROOT
from bot.duty.domain import Block
from bot.errors import Misconfigured
from bot.handover.domain.waiting import Patience

GOOD = """
name = "Welkom"
phone = "+3220000000"
mail = "info@example.org"
complaint_address = "klacht@example.org"
closures = [2026-12-24]
[privacy]
nl = "Wij lezen mee."
[hours.nl]
mon = ["09:00-12:30", "13:30-17:00"]
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "organisation.toml"
    file.write_text(text, "utf-8")
    return file


def test_facts_are_read_as_they_stand(tmp_path: Path) -> None:
    found = organisation.read(_file(tmp_path, GOOD))

    assert (found.name, found.staff_language, found.missing) == ("Welkom", "nl", ())
    assert found.retention == timedelta(days=90)
    assert found.hours.closures == {date(2026, 12, 24)}
    assert found.hours.weeks["nl"][0] == (
        Block(time(9), time(12, 30)),
        Block(time(13, 30), time(17)),
    )


def test_patience_is_read_and_else_as_usual(tmp_path: Path) -> None:
    own = "[escalation]\nping_hours = 1.5\nurgent_minutes = [5, 10, 20]\nquiet = '22:00-07:30'\n"
    found = organisation.read(_file(tmp_path, GOOD.replace("[privacy]", own + "[privacy]")))

    assert found.patience.ping == timedelta(hours=1, minutes=30)
    assert found.patience.urgent == tuple(timedelta(minutes=n) for n in (5, 10, 20))
    assert found.patience.quiet == (time(22), time(7, 30))
    assert found.patience.release == Patience().release
    assert organisation.read(_file(tmp_path, GOOD)).patience == Patience()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('name = "Welkom"', "name = 5", "name must be a text"),
        ("closures", "retention_days = 0\nclosures", "retention_days must be a number of days"),
        ("closures", "retention_days = true\nclosures", "retention_days must be a number of days"),
        ("closures", 'retention_days = "90"\nclosures', "retention_days must be a number of days"),
        ("[2026-12-24]", '["24 december"]', "closures must be a list of days"),
        ("[2026-12-24]", "2026-12-24", "closures must be a list of days"),
        ('nl = "Wij lezen mee."', "nl = 5", r"\[privacy\] must hold one sentence"),
        ("mon =", "maandag =", r"in \[hours.nl\] there is no key maandag; it knows mon, tue"),
        ("mon =", "wend =", r"there is no key wend; did you mean wed\.$"),
        ("mon =", "phone =", r"in \[hours.nl\] there is no key phone"),
        ("09:00-12:30", "9-12", "hours.nl.mon must be a list such as"),
        ("09:00-12:30", "09:00", "hours.nl.mon must be a list such as"),
        ("09:00-12:30", "12:30-09:00", "hours.nl.mon closes before it opens"),
        ("[hours.nl]\nmon = [", "[hours]\nnl = [", r"\[hours.nl\] must hold days, such as"),
        ('["09:00-12:30", "13:30-17:00"]', "5", "hours.nl.mon must be a list such as"),
        ('["09:00-12:30", "13:30-17:00"]', '"09:00-12:30"', "hours.nl.mon must be a list such as"),
        ('"09:00-12:30"', "5", "hours.nl.mon must be a list such as .*, not 5"),
        ("09:00-12:30", "09:00Z-12:00", "hours.nl.mon must be a list such as .*09:00Z-12:00"),
        ("09:00-12:30", "09:00Z-12:00Z", "hours.nl.mon must be a list such as"),
        ("09:00-12:30", "09:00-25:00", "hours.nl.mon holds no time of a day"),
        (
            "[privacy]",
            "[escalation]\nping_hour = 2\n[privacy]",
            "there is no key ping_hour; did you mean ping_h",
        ),
        ("[privacy]", "[escalation]\nping_hours = 0\n[privacy]", "ping_hours must be a number up"),
        ("[privacy]", "[escalation]\nsilent_days = 1.5\n[privacy]", "silent_days must be a number"),
        ("[privacy]", "[escalation]\nurgent_minutes = [30, 15]\n[privacy]", "growing numbers"),
        ("[privacy]", "[escalation]\nquiet = 21\n[privacy]", "quiet must be from one time"),
        ("[privacy]", "[escalation]\nquiet = '21:00-25:00'\n[privacy]", "quiet must be from one"),
        ("closures =", "escalation = 2\nclosures =", r"\[escalation\] must be a table"),
        ("closures =", "closure =", "there is no key closure; did you mean closures"),
        ("closures =", "website =", "there is no key website; it knows name, phone"),
        ("[privacy]", "[privasy]", "there is no key privasy; did you mean privacy"),
        ('nl = "Wij', 'fa_FA = "Wij', r"in \[privacy\] there is no key fa_FA; did you mean fa_AF"),
        ("closures", 'staff_language = "fr"\nclosures', r'one of "nl" \(Dutch\), "en" \(English\)'),
    ],
)
def test_each_wrong_value_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    file = _file(tmp_path, GOOD.replace(old, new, 1))

    with pytest.raises(Misconfigured, match=named):
        organisation.read(file)


def test_hours_of_a_language_not_installed_are_fine(tmp_path: Path) -> None:
    found = organisation.read(_file(tmp_path, GOOD.replace("[hours.nl]", "[hours.ar]")))

    assert set(found.hours.weeks) == {"ar"}


def test_mark_that_notepad_begins_with_is_no_mistake(tmp_path: Path) -> None:
    text = (ROOT / organisation.EXAMPLE).read_text("utf-8")

    assert organisation.read(_file(tmp_path, "\ufeff" + text)).staff_language == "nl"


def test_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        organisation.read(tmp_path)


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"copy organisation\.example\.toml to"):
        organisation.read(tmp_path / "organisation.toml")


def test_broken_file_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"is not valid TOML: .*line 2"):
        organisation.read(_file(tmp_path, "name = 1\nphone = ?\n"))


def test_example_names_everything_that_must_be_filled_in() -> None:
    found = organisation.read(ROOT / organisation.EXAMPLE)

    assert found.missing == (
        "name",
        "phone",
        "mail",
        "complaint_address",
        *(f"privacy.{code}" for code in ("nl", "en", "uk", "fa_AF", "ps")),
    )


def test_file_without_a_privacy_sentence_is_not_filled_in(tmp_path: Path) -> None:
    found = organisation.read(_file(tmp_path, GOOD.replace('nl = "Wij lezen mee."', "")))

    assert found.missing == ("privacy",)
