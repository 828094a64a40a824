"""Volunteering as people live it: what volunteers, a coordinator and an organisation do."""

import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
from sqlalchemy import select

from bot.app import indexes
from bot.events.service import participants
from bot.language import bidi, formats
from bot.people import service as people
from bot.people import tables as people_tables
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.service import planning
from bot.volunteering.service.planning import Wanted
from tests.support import letter_makers, shift_makers
from tests.support import volunteering_makers as making
from tests.support.journeys import Story
from tests.support.organisation_makers import Browser
from tests.support.phone import Phone
from tests.support.shift_stories import Shifts
from tests.support.wegwijzer import Wegwijzer, catalogs

RIGHT: Final = "✅ Yes, that is right"
AGREE: Final = "✅ I agree"
SIGNED_UP: Final = "✅ Thank you, {name}! You are signed up."
SETTLED: Final = "✅ Thank you. That is all we need for now."
IN_WRITING: Final = "✉️ I would rather write"
TALK: Final = "Let us talk first. How do you like it best?"

ORGANISATION: Final = "Vooruit"
TITLES: Final = {
    "nl": "Tafels dekken",
    "en": "Laying tables",
    "uk": "Накривати на столи",
    "fa_AF": "چیدن میزها",
    "ps": "د مېزونو سمول",
}
# The language that somebody ticks when they sign up, as its speakers call it.
SPEAKS: Final = {"nl": "Nederlands", "en": "English", "uk": "Українська", "fa_AF": "دری",
                 "ps": "پښتو"}  # fmt: skip
# What a paper says of somebody: in Dutch by name, in the translation without.
_NOT_OFFICIAL: Final = (
    "This is not the official certificate. The official one comes from the Agency for Integration"
    " and Civic Integration."
)
_THERE: Final = " volunteered in places where Dutch is spoken and people meet."
_PARTNERS: Final = " volunteered with our partner organisations."
_HOURS: Final = {
    "Certificate of volunteering hours": f"{_THERE} The organisations confirmed the hours below.",
    "Reference letter": f"{_PARTNERS} They confirmed the hours below.",
}
# The same town as people of each language write it.
GHENT: Final = {"nl": "Gent", "en": "Ghent", "uk": "Гент", "fa_AF": "۹۰۰۰", "ps": "9000"}

_LINE = re.compile(r'name="came" value="(\d+)".*?<bdi>(.*?)</bdi>', re.DOTALL)


async def takes(phone: Phone, *labels: str) -> None:
    """Taps one button after the other, each on the screen that the one before brought."""
    for label in labels:
        await phone.taps(phone.text(label))
        await phone.waits()


async def says(phone: Phone, *texts: str) -> None:
    """Writes one text after the other, each when the bot has answered the one before."""
    for text in texts:
        await phone.says(text)
        await phone.waits()


async def opens(phone: Phone, *labels: str) -> None:
    """🤝 in the menu, and on from there."""
    await phone.presses(phone.text("🤝 Volunteer"))
    await phone.waits()
    await takes(phone, *labels)


async def signs_up(phone: Phone, *, talk: str | None = None) -> None:
    """The four taps. `talk`: the label of the last one; else somebody would rather write."""
    name = phone.name
    language = phone.language or "en"
    await opens(phone, "✍️ Sign up")
    await phone.sees(beginning(phone, "What is your name?\n"))
    await phone.taps(name)
    await phone.sees(phone.text("Where do you live? Write your town or your postcode."))
    await phone.says(GHENT[language])
    await phone.sees(phone.text("Which languages do you speak?"))
    await phone.taps(SPEAKS[language])
    await phone.taps(phone.text("➡️ Done, go on"))
    await phone.sees(phone.text(TALK))
    await phone.taps(talk or phone.text(IN_WRITING))
    await phone.sees(phone.text(SIGNED_UP, name=name))


async def agrees(phone: Phone) -> None:
    """Age, and the three texts, one after the other."""
    await phone.sees(phone.text("How old are you?"))
    await phone.taps(phone.text("18 or older"))
    for head in ("<b>Your file</b>", "<b>Our code of conduct</b>", "<b>Our agreement</b>"):
        await phone.sees(beginning(phone, head))
        await phone.taps(phone.text(AGREE))
    await phone.sees(phone.text(SETTLED))


def beginning(phone: Phone, head: str) -> str:
    """The first line of the one text of the catalogue that begins so."""
    texts = {msgid for _, msgid in phone.words._texts if msgid.startswith(head)}
    assert len(texts) == 1, f"{len(texts)} texts begin with {head!r}"
    return phone.text(texts.pop()).partition("\n")[0]


def when(phone: Phone, moment: datetime) -> str:
    """A day and a time as this person reads them."""
    return formats.soon(phone.words, moment)


def day(phone: Phone, moment: datetime) -> str:
    """A day as this person reads it, without its year."""
    return formats.day_words(phone.words, moment)


def amount(phone: Phone, hours: float) -> str:
    """Hours as this person reads them."""
    return phone.text("{n} h", n=formats.number(phone.words, hours))


@dataclass(repr=False)
class Volunteering:
    """What is there before volunteers come, and what happens behind their backs."""

    told: Story

    @property
    def wegwijzer(self) -> Wegwijzer:
        """The bot."""
        return self.told.wegwijzer

    async def coordinator(
        self, name: str = "Karen", *, language: str = "nl", office: str = "gent"
    ) -> Phone:
        """A colleague who looks after an office, in the own chat with the bot."""
        phone = await self.told.known(name)
        await phone.starts()
        await phone.chooses_language(language)
        await phone.starts(await self.wegwijzer.invites("coordinator"))
        await phone.waits()
        async with self.wegwijzer.bot.database.writing() as tx:
            person = await _person(tx, phone)
            await tx.raw("INSERT INTO office_coordinators VALUES (?, ?)", office, person.id)
        await phone.reads_on()
        return phone

    async def assignment(
        self, *, contact: Phone | None = None, of: str = ORGANISATION, **further: Any
    ) -> int:
        """What an organisation asks: an open assignment that counts for the 40 hours."""
        async with self.wegwijzer.bot.database.writing() as tx:
            owner = await making.an_organisation(tx, of)
            someone = None if contact is None else await _person(tx, contact)
            known = await shift_makers.a_contact(tx, owner, someone)
            values = {
                "titles": TITLES,
                "contact_id": known,
                "counts_as_dutch": True,
                "counts_as_social": True,
                **further,
            }
            return await making.an_assignment(tx, owner, **values)

    async def shift(
        self, by: Phone, assignment: int, starts_at: datetime, *, hours: float = 4
    ) -> int:
        """A coordinator plans one, with two places."""
        wanted = Wanted(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), capacity=2)
        async with self.wegwijzer.bot.database.writing() as tx:
            person = await _person(tx, by)
            now = self.wegwijzer.clock.now
            return (await planning.add(tx, person, assignment, wanted, now=now)).id

    async def approves(self, *phones: Phone) -> None:
        """These are volunteers from now on, behind the bot's back."""
        await Shifts(self.wegwijzer).approves(*phones)

    async def has_worked(self, phone: Phone, hours: float) -> None:
        """So many hours were confirmed, in November 2026."""
        async with self.wegwijzer.bot.database.writing() as tx:
            person = await _person(tx, phone)
            now = self.wegwijzer.clock.now
            mine = await participants.of_person(tx, person.id, now=now)
            await letter_makers.confirmed(tx, mine, round(hours * 60))

    async def knows_everybody(self) -> None:
        """Who may be matched with what is read anew."""
        await indexes.refresh(self.wegwijzer.bot.house.index, self.wegwijzer.bot.database)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[Browser]:
        """Somebody without account, before the bot's web pages."""
        async with aiohttp.ClientSession() as http:
            yield Browser(f"http://127.0.0.1:{self.wegwijzer.port}", http)


async def _person(tx: Tx, phone: Phone) -> Person:
    table = people_tables.people.c
    number = await tx.scalar(select(table.id).where(table.telegram_id == phone.person))
    found = await people.find_person(tx, number)
    assert found is not None, f"{phone.name} has not spoken yet"
    return found


async def finds_the_page(karen: Phone, title: str, starts_at: datetime) -> str:
    """Where a coordinator finds the link for the organisation. Returns the path of the page."""
    await opens(karen, "🗂 Coordinators’ desk", "🏢 Organisations")
    for label in (ORGANISATION, title, when(karen, starts_at)):
        await karen.taps(label)
        await karen.waits()
    await takes(karen, "🔗 Page for them")
    return link_in(karen.said("/shift/")[-1].text, "shift")


@dataclass
class Page:
    """The web page of a shift, as its contact person fills it in."""

    browser: Browser
    path: str

    async def is_filled_in(self, hours: Mapping[str, float], *, corrects: bool = False) -> str:
        """Who came, by name, and how long; everybody else did not. Returns what is shown then."""
        form = await self.browser.opens(f"{self.path}?correct=1" if corrects else self.path)
        lines = {name: number for number, name in _LINE.findall(form.text)}
        fields: dict[str, Any] = {"came": [lines[name] for name in hours], "edition": form.edition}
        for name, length in hours.items():
            fields[f"hours_{lines[name]}"] = f"{length:g}"
        return (await self.browser.sends(self.path, **fields)).text


def link_in(text: str, kind: str) -> str:
    """The path of a web page whose address stands in a text."""
    found = re.search(rf"http://127\.0\.0\.1:\d+(/{kind}/[\w.~-]+)", text)
    assert found is not None, f"No link to a {kind} in {text!r}"
    return found[1]


def text_of(file: bytes) -> str:
    """What can be copied out of a PDF."""
    return " ".join(letter_makers.pages(file))


def said_on_paper(phone: Phone, paper: str, name: str) -> list[str]:
    """What a paper says in its reader's language, as it can be copied out of it."""
    who = "{name}" if phone.language == "nl" else "The person who is named here"
    told = [paper, who + _HOURS[paper], "Hours", "Name", "Period"]
    if paper != "Reference letter":
        told.append(_NOT_OFFICIAL)
    texts = [bidi.strip_marks(phone.text(one, name=name)) for one in told]
    return [" ".join(text.split()).replace("\u0647\u0654", "\u06c0") for text in texts]  # one sign


def said_on_its_page(language: str, paper: str, *, hours: int) -> list[str]:
    """What the page says that confirms it."""
    _ = catalogs().words(language)
    told = [
        _.plain("This letter is genuine"),
        _.plain(paper),
        formats.number(_, hours),
        "Maryam A.",
    ]
    return [html.escape(one) for one in told]
