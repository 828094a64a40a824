"""Settings from the environment or `.env`. Only this floor reads them; others get values."""

import difflib
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from bot.app import env_file
from bot.errors import Misconfigured
from bot.storage import engine

PREFIX = "WEGWIJZER_"
FILE = Path(".env")
ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ROOT / "locales"

_LAST_PORT = 65535
# Who may have a staff group of their own: desks, and the languages that are installed.
_OWN_GROUPS = (
    *("legal", "volunteering", "minors"),
    *(file.parent.name for file in sorted(LOCALES.glob("*/language.toml"))),
)
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")


class Settings(BaseSettings):
    """Every setting, with its default. docs/settings.md has a heading for each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=FILE, env_file_encoding="utf-8-sig", extra="ignore"
    )

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    staff_group: Annotated[tuple[int, ...], NoDecode] = ()
    own_groups: Annotated[dict[str, int], NoDecode] = Field(default_factory=dict)
    database_url: str = ""
    public_url: str = ""
    pages_url: str = ""
    listen: str = "127.0.0.1:8080"
    organisation: Path = Path("organisation.toml")
    trial: bool = False
    staff_hold: Annotated[float, Field(ge=0, le=3600)] = 10.0
    staff_bundle: Annotated[float, Field(ge=0, le=60)] = 2.5
    adopt_database: bool = False
    log: str = ""

    @field_validator("telegram_token", mode="before")
    @classmethod
    def _token_or_none(cls, value: Any) -> Any:
        if not value:
            return None
        if isinstance(value, str) and not _TOKEN.fullmatch(value.strip()):
            raise ValueError("is not a token of @BotFather (it looks like 123456:ABC…)")
        return value.strip() if isinstance(value, str) else value

    @field_validator("telegram_api", "public_url", "pages_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError("must be an address that begins with http:// or https://")
        return value.rstrip("/")

    @field_validator("staff_group", mode="before")
    @classmethod
    def _groups(cls, value: Any) -> Any:
        if not isinstance(value, str | int):
            return value
        parts = [part.strip() for part in str(value).split(",") if part.strip()]
        if any(not re.fullmatch(r"-\d+", part) for part in parts):
            raise ValueError("is a group's id: a negative number such as -1001234567890")
        return tuple(int(part) for part in parts)

    @field_validator("own_groups", mode="before")
    @classmethod
    def _named_groups(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        for name, _, group in pairs:
            if name.strip() not in _OWN_GROUPS or not re.fullmatch(r"-\d+", group.strip()):
                known = ", ".join(_OWN_GROUPS)
                raise ValueError(
                    "gives a desk or a language a group of its own, such as"
                    f" legal=-1001234567890,uk=-1009876543210; it knows {known}"
                )
        return {name.strip(): int(group) for name, _, group in pairs}

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            if value:
                engine.address(value)
        except (ArgumentError, ValueError, Misconfigured):  # their text may hold the password
            raise ValueError(
                "must be sqlite:/// and a file, or postgresql://name:password@host/database"
            ) from None
        return value

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        if not re.fullmatch(r".+:\d{1,5}", value):
            raise ValueError("is host:port, for example 127.0.0.1:8080")
        if int(value.rpartition(":")[2]) > _LAST_PORT:
            raise ValueError(f"has a port above {_LAST_PORT}")
        return value

    @field_validator("log")
    @classmethod
    def _log_kind(cls, value: str) -> str:
        if value not in ("", "json", "console"):
            raise ValueError("is json or console")
        return value

    @property
    def is_live(self) -> bool:
        """With a token the bot serves Telegram; without one it is the demonstration."""
        return self.telegram_token is not None

    @property
    def host(self) -> str:
        """Where to listen."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """Where to listen."""
        return int(self.listen.rpartition(":")[2])

    @property
    def hold(self) -> timedelta:
        """How long a colleague's message may still be stopped."""
        return timedelta(seconds=self.staff_hold)

    @property
    def bundle(self) -> timedelta:
        """How long a person's next messages are waited for."""
        return timedelta(seconds=self.staff_bundle)

    @property
    def logs_as_json(self) -> bool:
        """JSON in production, readable lines in the demonstration."""
        return self.log == "json" or (not self.log and self.is_live)

    def database(self, *, is_demo: bool) -> str:
        """The database's address; the demonstration and the live bot never share one."""
        if self.database_url:
            return self.database_url
        return "sqlite:///data/demo.sqlite" if is_demo else "sqlite:///data/wegwijzer.sqlite"


def read(**given: Any) -> Settings:
    """The settings, or Misconfigured with one sentence about the first thing that is wrong."""
    for name, place in _names():
        _refuse_unknown(name, place)
    try:
        return Settings(**given)
    except ValidationError as error:
        raise Misconfigured(_sentence(error)) from None


def _names() -> Iterator[tuple[str, str]]:
    """Each name that is set, and where in the file."""
    yield from ((name, "") for name in os.environ)
    for name, line in env_file.names(FILE):
        yield name, f" (line {line} of {FILE})"


def _refuse_unknown(name: str, place: str) -> None:
    """A misspelt setting would silently do nothing."""
    known = [PREFIX + field.upper() for field in Settings.model_fields]
    if name.upper() in known or not name.upper().startswith(PREFIX[:3]):
        return
    near = _meant(name.upper(), known)
    if name.upper().startswith(PREFIX) or near:  # the first word may be the misspelt one
        meant = f"did you mean {near[0]}" if near else "the settings are in docs/settings.md"
        raise Misconfigured(f"There is no setting {name}{place}; {meant}.")


def _meant(name: str, known: list[str]) -> list[str]:
    """The setting meant: our own first word, in all of them, says nothing of which one."""
    if not name.startswith(PREFIX):
        return difflib.get_close_matches(name, known, 1, 0.8)
    own = name.removeprefix(PREFIX)
    near = difflib.get_close_matches(own, [one.removeprefix(PREFIX) for one in known], 1)
    return [PREFIX + one for one in near] or [one for one in known if one.endswith(f"_{own}")]


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    name = PREFIX + str(first["loc"][0]).upper()
    reason = first["msg"].removeprefix("Value error, ")
    reason = reason if first["type"] == "value_error" else f"is not right: {reason.lower()}"
    return f"{name} {reason}."
