"""Settings: each wrong one gives a sentence that names it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import settings
from bot.errors import Misconfigured

TOKEN = "123456:ABCdefGHIjklMNOpqr"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(settings.PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_settings_it_is_the_demonstration() -> None:
    found = settings.read()

    assert not found.is_live
    assert (found.host, found.port, found.hold) == ("127.0.0.1", 8080, timedelta(seconds=10))
    assert found.database(is_demo=True) != found.database(is_demo=False)
    assert not found.logs_as_json


def test_settings_are_read_from_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"WEGWIJZER_TELEGRAM_TOKEN={TOKEN}\nWEGWIJZER_STAFF_GROUP=-1001, -1002\n", "utf-8"
    )

    found = settings.read()

    assert found.is_live
    assert found.logs_as_json
    assert found.staff_group == (-1001, -1002)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TELEGRAM_TOKEN", "secret", "is not a token of @BotFather"),
        ("TELEGRAM_API", "telegram.org", "must be an address that begins with http"),
        ("PUBLIC_URL", "example.org", "must be an address that begins with http"),
        ("STAFF_GROUP", "12345", "is a group's id: a negative number"),
        ("STAFF_GROUP", "-1001,mygroup", "is a group's id: a negative number"),
        ("LISTEN", "8080", "is host:port"),
        ("LISTEN", "127.0.0.1:65536", "has a port above 65535"),
        ("DATABASE_URL", "bot.sqlite", "must be sqlite:/// and a file"),
        ("DATABASE_URL", "postgresql://me:secret@host:port/db", "must be sqlite:/// and a file"),
        ("DATABASE_URL", "mysql://host/db", "must be sqlite:/// and a file"),
        ("DATABASE_URL", "sqlite://data/bot.sqlite", "must be sqlite:/// and a file"),
        ("STAFF_HOLD", "-1", "is not right"),
        ("STAFF_HOLD", "soon", "is not right"),
        ("STAFF_BUNDLE", "61", "is not right"),
        ("TRIAL", "perhaps", "is not right"),
        ("LOG", "xml", "is json or console"),
    ],
)
def test_each_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"WEGWIJZER_{name}", value)

    with pytest.raises(Misconfigured, match=f"^WEGWIJZER_{name} {sentence}") as caught:
        settings.read()

    assert str(caught.value).endswith(".")
    assert value == "-1" or name != "TELEGRAM_TOKEN" or value not in str(caught.value)


def test_misspelt_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKKEN", TOKEN)

    with pytest.raises(Misconfigured, match="There is no setting WEGWIJZER_TELEGRAM_TOKKEN"):
        settings.read()


def test_misspelt_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"# ours\n\nWEGWIJZER_TELEGRAM_TOKKEN={TOKEN}\n", "utf-8")

    with pytest.raises(Misconfigured, match=r"TOKKEN \(line 3 of \.env\); did you"):
        settings.read()


def test_setting_whose_first_word_is_misspelt_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WEGWIZER_STAFF_GROUP=-1001\n", "utf-8")

    with pytest.raises(Misconfigured, match="did you mean WEGWIJZER_STAFF_GROUP"):
        settings.read()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("WEGWIJZER_TOKEN", "did you mean WEGWIJZER_TELEGRAM_TOKEN"),
        ("WEGWIJZER_XYZ", "the settings are in docs/settings.md"),
    ],
)
def test_what_is_meant_is_not_guessed_by_our_first_word(
    tmp_path: Path, written: str, meant: str
) -> None:
    (tmp_path / ".env").write_text(f"{written}=1\n", "utf-8")

    with pytest.raises(Misconfigured, match=meant):
        settings.read()


def test_name_of_another_program_that_begins_alike_is_fine(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WEGO_KEY=1\n", "utf-8")

    settings.read()


def test_setting_given_twice_in_the_file_is_refused(tmp_path: Path) -> None:
    """An empty token left at the end would quietly start the demonstration."""
    (tmp_path / ".env").write_text(
        f"WEGWIJZER_TELEGRAM_TOKEN={TOKEN}\n\nWEGWIJZER_TELEGRAM_TOKEN=\n", "utf-8"
    )

    with pytest.raises(Misconfigured, match=r"Line 3 of \.env sets .*_TOKEN again, after line 1"):
        settings.read()


def test_names_of_others_in_the_file_are_fine(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("\ufeffWEGWIJZER_TRIAL=1\nPOSTGRES_PASSWORD=x\n", "utf-8")

    assert settings.read().trial


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"WEGWIJZER_TRIAL=1\n\nWEGWIJZER_LOG\n", "Line 3 of .env is not NAME=value"),
        (b"hello world\n", "Line 1 of .env is not NAME=value"),
        (b"WEGWIJZER_TRIAL=1\nWEGWIJZER_LOG=\xe9\n", "Line 2 of .env is not text"),
        (b"WEGWIJZER_TRIAL=1\n\0\0\n", "Line 2 of .env is not text"),
        ("WEGWIJZER_TRIAL=1\n".encode("utf-16"), "Line 1 of .env is not text"),
        (bytes(range(256)) * 8, "of .env is not text"),
    ],
)
def test_broken_file_is_refused_with_its_line(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / ".env").write_bytes(content)

    with pytest.raises(Misconfigured, match=sentence):
        settings.read()


def test_token_never_shows_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKEN", TOKEN)

    assert TOKEN not in repr(settings.read())


def test_empty_token_is_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKEN", "")

    assert not settings.read().is_live
