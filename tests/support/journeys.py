"""What every journey starts from: a simulated Telegram, a team, the real bot, and newcomers."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import migrating
from bot.simulator.running import RunningSimulator
from bot.simulator.scripting import Simulation
from tests.support import databases
from tests.support.desk import TEAM, Desk
from tests.support.phone import TELEGRAM_CODES, Phone
from tests.support.wegwijzer import Clock, Wegwijzer, catalogs

Phones = Callable[..., Awaitable[Phone]]

LANGUAGES = tuple(TELEGRAM_CODES)
NAMES = {"nl": "Samira", "en": "Daniel", "uk": "Олена", "fa_AF": "امینه", "ps": "زرغونه"}

every_language = pytest.mark.parametrize("language", LANGUAGES, ids=LANGUAGES)
left_and_right = pytest.mark.parametrize("language", ["en", "fa_AF"], ids=("en", "fa_AF"))
on_both_databases = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@dataclass(frozen=True, repr=False)  # asyncio writes out what a task returns
class Story:
    """Everything of one journey."""

    simulation: Simulation
    wegwijzer: Wegwijzer
    desk: Desk

    async def phone(
        self, name: str = "Amina", *, language: str | None = "en", telegram: str | None = None
    ) -> Phone:
        """A newcomer who has chosen a language; with None, one who has not started the bot yet."""
        code = telegram or TELEGRAM_CODES.get(language or "", "en")
        person = await self.simulation.person(name, language_code=code)
        phone = Phone(self.simulation, self.wegwijzer, person.person, language=None)
        if language is not None:
            await phone.starts()
            await phone.sees(phone.text("Hello! Please choose your language."))
            await phone.chooses_language(language)
        return phone

    async def own_group(self, kind: str, *names: str) -> Desk:
        """A desk or a language gets a group of its own, with these colleagues of the team."""
        members = [self.desk[name] for name in names]
        group = await self.simulation.group(kind, members=members, admins=members[:1])
        self.wegwijzer.own_groups[kind] = group.id
        await self.wegwijzer.restarts()
        own = Desk(self.simulation, self.wegwijzer, group)
        own.team = {name: self.desk[name].at(group) for name in names}
        return own

    async def known(self, name: str) -> Phone:
        """A colleague's own phone, showing the private chat with the bot."""
        person = self.desk[name].person
        return Phone(self.simulation, self.wegwijzer, person, language=None)

    async def troubles(self) -> list[str]:
        """What went wrong behind the scenes and was not part of the story."""
        found = await self.wegwijzer.depths()
        aside = found.inbox_aside if not self.wegwijzer.may_set_aside else 0
        troubles = [f"{aside} updates were set aside"] if aside else []
        for call in await self.simulation.calls():
            said = f"{call['method']}: {call['error_code']} {call['description']}"
            if not call["ok"] and not any(part in said for part in self.wegwijzer.forgiven):
                troubles.append(said)
        return troubles


@asynccontextmanager
async def story(
    database_url: str, *, begins_anew: bool = False, by_webhook: bool = False
) -> AsyncIterator[Story]:
    """A Telegram, a team in its group and the bot; at the end nothing may be amiss."""
    async with RunningSimulator() as simulator, Simulation(simulator.url) as simulation:
        people = [
            await simulation.person(name, language_code="nl", role_hint="staff") for name in TEAM
        ]
        group = await simulation.group("Team", members=people, admins=people[:1])
        wegwijzer = Wegwijzer(
            simulator.world.token,
            simulator.url,
            database_url,
            staff_groups=(group.id,),
            listens_by_webhook=by_webhook,
        )
        desk = Desk(simulation, wegwijzer, group)
        desk.team = {name: one.at(group) for name, one in zip(TEAM, people, strict=True)}
        await wegwijzer.starts(begins_anew=begins_anew)
        try:
            told = Story(simulation, wegwijzer, desk)
            yield told
            troubles = await told.troubles()
            assert not troubles, "\n".join(troubles)
        finally:
            await wegwijzer.stops()


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """Which database this journey runs on."""
    return str(getattr(request, "param", "sqlite"))


def _migrate(url: str) -> None:
    """On a loop of its own, which a fixture of the whole session does not have."""
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, migrating.upgrade(url)).result()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file as `wegwijzer migrate` leaves it, to be copied."""
    file = tmp_path_factory.mktemp("journeys") / "migrated.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(request: pytest.FixtureRequest) -> str:
    """One PostgreSQL database for all journeys of this worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    server = request.getfixturevalue("postgres")
    address = databases.fresh_postgres(server, f"journeys_{worker}")
    _migrate(address)
    return address


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The address of this journey's database."""
    if kind == "postgres":
        return str(request.getfixturevalue("migrated_postgres"))
    file = tmp_path / "wegwijzer.sqlite"
    shutil.copy(request.getfixturevalue("migrated_file"), file)
    return f"sqlite:///{file}"


@pytest.fixture
async def told(database_url: str, kind: str) -> AsyncIterator[Story]:
    """The story so far: a team and a bot, and nobody has said anything."""
    async with story(database_url, begins_anew=kind == "postgres") as started:
        yield started


@pytest.fixture
def phone(told: Story) -> Phones:
    """`await phone("Amina", language="fa_AF")`"""
    return told.phone


@pytest.fixture
def desk(told: Story) -> Desk:
    """The team's group."""
    return told.desk


@pytest.fixture
def wegwijzer(told: Story) -> Wegwijzer:
    """The bot itself."""
    return told.wegwijzer


@pytest.fixture
def clock(told: Story) -> Clock:
    """Calendar time."""
    return told.wegwijzer.clock


@pytest.fixture
def simulation(told: Story) -> Simulation:
    """The simulated Telegram."""
    return told.simulation


def own_name(language: str) -> str:
    """A language's name for itself."""
    return catalogs().words(language).name
