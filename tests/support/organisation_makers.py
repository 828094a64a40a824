"""A coordinator, an organisation with its criteria, and the pages that a browser opens."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import aiohttp
from sqlalchemy import insert
from starlette.applications import Starlette

from bot.app import server
from bot.app.organisation import EXAMPLE
from bot.app.organisation import read as read_organisation
from bot.app.settings import ROOT
from bot.people import tables as people
from bot.people.domain import Person, PersonId, Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import web
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.organisations import CRITERIA
from tests.support import shipped
from tests.support import volunteering_makers as making
from tests.support.volunteering_makers import NOW

FRIENDLY: dict[str, Any] = {"criteria": list(CRITERIA), "criteria_at": NOW}
_TOKEN = re.compile(r"/shift/(\S+)")


def a_desk(**changes: Any) -> VolunteeringDesk:
    """What wiring gives, with the offices of the example and the shipped towns and words."""
    facts, files = read_organisation(ROOT / EXAMPLE), shipped.files()
    desk = VolunteeringDesk(
        catalogs=files.catalogs,
        organisation="Example & Co",
        staff_language="nl",
        towns=files.knowledge.towns,
        checklist=files.knowledge.checklist,
        offices={one.key: one for one in facts.offices},
        projects={one.key: one for one in facts.projects},
        public_url="https://pages.example.org",
        signing_key=b"secret",
        bot_name=lambda: "examplebot",
    )
    return replace(desk, **changes)


async def a_colleague(tx: Tx, telegram_id: int, role: Role | None = Role.COORDINATOR) -> Person:
    """Somebody with a role, as the server's rows say."""
    id_ = await making.a_person(tx, telegram_id, name="Karen", language="nl")
    if role is not None:
        values = {
            "person_id": id_,
            "role": role,
            "via": "invitation",
            "granted_at": NOW,
            "languages": [],
            "in_groups": [],
        }
        await tx.execute(insert(people.staff).values(values))
    return Person(PersonId(id_), telegram_id, "Karen", "nl", role)


@dataclass(frozen=True)
class Answer:
    """What a browser got."""

    status: int
    text: str
    headers: Any
    url: str

    @property
    def edition(self) -> str:
        """The edition that its form carries."""
        found = re.search(r'name="edition" value="(\d+)"', self.text)
        assert found is not None, self.text
        return found[1]


@dataclass
class Browser:
    """A browser without script, over real HTTP."""

    root: str
    http: aiohttp.ClientSession
    now: datetime = NOW
    seen: list[Answer] = field(default_factory=list)

    async def opens(self, path: str) -> Answer:
        """A link."""
        async with self.http.get(self.root + path) as answer:
            return await self._got(answer)

    async def sends(self, path: str, **fields: Any) -> Answer:
        """A form; a list is several boxes of one name. Where it leads is opened."""
        async with self.http.post(self.root + path, data=_pairs(fields)) as answer:
            return await self._got(answer)

    async def _got(self, answer: aiohttp.ClientResponse) -> Answer:
        got = Answer(answer.status, await answer.text(), answer.headers, str(answer.url))
        self.seen.append(got)
        return got

    def waits(self, by: timedelta) -> None:
        """Calendar time goes by."""
        self.now += by


def _pairs(fields: dict[str, Any]) -> list[tuple[str, str]]:
    many = ((name, one if isinstance(one, list) else [one]) for name, one in fields.items())
    return [(name, str(one)) for name, values in many for one in values]


@asynccontextmanager
async def a_browser(desk: VolunteeringDesk, database: Database) -> AsyncIterator[Browser]:
    """The slice's pages on a socket, and a browser before them."""
    browser = Browser("", None)  # type: ignore[arg-type]  # given below: the pages need its clock
    pages = partial(web.pages, desk, lambda: browser.now)
    opened = server.listening("127.0.0.1", 0)
    browser.root = f"http://127.0.0.1:{opened.getsockname()[1]}"
    async with (
        server.serving(Starlette(routes=list(pages(database))), opened),
        aiohttp.ClientSession() as http,
    ):
        browser.http = http
        yield browser
