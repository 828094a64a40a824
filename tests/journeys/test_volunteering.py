"""A newcomer volunteers: from the first tap to a letter about forty hours, in every language."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.journeys import NAMES, Story, every_language
from tests.support.organisation_makers import Browser
from tests.support.phone import Message, Phone, contains
from tests.support.tongues import foreign
from tests.support.volunteer_stories import (
    ORGANISATION,
    RIGHT,
    TITLES,
    Page,
    Volunteering,
    agrees,
    amount,
    beginning,
    day,
    finds_the_page,
    link_in,
    opens,
    said_on_its_page,
    said_on_paper,
    says,
    signs_up,
    takes,
    text_of,
    when,
)

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 5, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
TALK = datetime(2027, 4, 7, 12, 0, tzinfo=UTC)  # Wednesday, 14:00
FIRST = datetime(2027, 4, 14, 12, 0, tzinfo=UTC)  # the Wednesday after
SATURDAYS = [datetime(2027, 4, 17, 7, 0, tzinfo=UTC) + timedelta(weeks=n) for n in range(5)]
FULL_NAME = "Maryam Alizadeh"

CHOOSE = "🗓 Choose a moment"
APPROVED = "🎉 You are a volunteer now! Welcome."
MINE = "✅ <b>The place is yours.</b> Thank you!"
WAITS = "⏳ <b>You are on the waitlist, number {position}.</b>"
NEXT = "🎉 <b>A place is free, and you are next.</b>"
TOMORROW, TODAY = "🔔 <b>Tomorrow</b>", "🔔 <b>Today</b>"
COME, CANNOT = "✅ Yes, I come", "✖️ I cannot come"
TAKE, WAIT = "✋ I take this shift", "⏳ Join the waitlist"
GIVEN_BACK = "Thank you for telling us. You are no longer on the list of {title}."
HOURS = "⏱ <b>My hours: {hours}</b>"
SAID = "Thank you. You say {hours}. Your coordinator looks at it."
PROGRESS = "🎯 {done} of {target} for your trajectory"
REACHED = (
    "🎯 <b>{name}</b> has {done} approved hours of {target}."
    " Is the trajectory complete? You decide."
)
OFFERED = "✅ {n} moment can be chosen now."
OFFERED_MANY = "✅ {n} moments can be chosen now."


@pytest.fixture
async def browser(told: Story) -> AsyncIterator[Browser]:
    """Somebody who opens links."""
    async with Volunteering(told).browser() as opened:
        yield opened


@every_language
async def test_newcomer_becomes_a_volunteer_with_a_letter(
    told: Story, browser: Browser, language: str
) -> None:
    story = Journey(told, language, browser)
    await story.begins()
    await story.is_talked_with()
    await story.shares_two_places_among_three()
    await story.is_reminded_three_times()
    await story.is_ticked_on_the_page_and_corrected()
    await story.works_five_saturdays()
    await story.completes_forty_hours()
    for paper in ("Certificate of volunteering hours", "Reference letter"):
        await story.holds_what_was_done(await story.gets(paper), paper)

    for phone in (story.amina, story.olena, story.zarghuna, story.karen, story.pieter):
        assert foreign(phone, names=story.names) == []


class Journey:
    """The story, step by step."""

    def __init__(self, told: Story, language: str, browser: Browser) -> None:
        self.told = told
        self.browser = browser
        self.paths: dict[datetime, str] = {}
        self.language = language
        self.volunteering = Volunteering(told)
        self.clock = told.wegwijzer.clock
        self.names = [
            NAMES[language],
            "Karen",
            "Olena",
            "Zarghuna",
            "Pieter",
            ORGANISATION,
            FULL_NAME,
        ]

    async def begins(self) -> None:
        """A coordinator, an organisation with a contact person, three newcomers."""
        self.clock.moves_to(MONDAY)
        self.karen = await self.volunteering.coordinator("Karen")
        self.pieter = await self.told.phone("Pieter", language="nl")
        self.name = NAMES[self.language]
        self.amina = await self.told.phone(self.name, language=self.language)
        self.olena = await self.told.phone("Olena", language=self.language)
        self.zarghuna = await self.told.phone("Zarghuna", language=self.language)
        self.work = await self.volunteering.assignment(contact=self.pieter)
        await self._plans(FIRST, hours=4)

    async def is_talked_with(self) -> None:
        """A moment is offered, chosen and reminded of; then the coordinator says yes."""
        karen, amina, olena = self.karen, self.amina, self.olena
        await opens(karen, "🗂 Coordinators’ desk", "🗓 Talks", "➕ Offer moments")
        await karen.taps("Gent")
        await says(karen, "7/4/2027 14:00", "2")
        await takes(karen, RIGHT)
        await karen.sees(karen.counted(OFFERED, OFFERED_MANY, 2))
        await signs_up(amina, talk=when(amina, TALK))
        await agrees(amina)
        for phone in (olena, self.zarghuna):
            await signs_up(phone)
            await agrees(phone)
        await self._is_asked_to_talk(olena)

        self.clock.moves_to(TALK - timedelta(days=1))
        reminder = await amina.sees(amina.text(TOMORROW))
        assert contains(reminder, when(amina, TALK))
        self.clock.moves_to(TALK - timedelta(hours=2))
        await amina.sees(amina.text(TODAY))
        self.clock.moves_to(TALK + timedelta(hours=1))
        await self._are_taken_on(amina, olena, self.zarghuna)

    async def _is_asked_to_talk(self, phone: Phone) -> None:
        """On the card in the group; the person chooses."""
        desk = self.told.desk
        await desk["Karen"].taps(desk.text("💬 Talk first"), message=desk.card_of(phone.name))
        await phone.sees(beginning(phone, "💬 Thank you for signing up."))
        await phone.taps(phone.text(CHOOSE))
        await phone.sees(phone.text("<b>When shall we talk?</b> It takes half an hour."))
        moment = when(phone, TALK + timedelta(minutes=30))
        await phone.taps(moment)
        await phone.sees(phone.text("✅ We talk on {moment}.", moment=moment))

    async def _are_taken_on(self, amina: Phone, *others: Phone) -> None:
        """On the card in the group, and in the coordinator's own chat."""
        desk, karen = self.told.desk, self.karen
        await desk["Karen"].taps(desk.text("✅ Take on"), message=desk.card_of(amina.name))
        for phone in others:
            await opens(karen, "🗂 Coordinators’ desk")
            await karen.taps(karen.text("📥 Sign-ups ({n})", n="").rstrip("()"))
            await karen.taps(phone.name)
            await takes(karen, "✅ Take on")
        for phone in (amina, *others):
            await phone.sees(beginning(phone, APPROVED))

    async def shares_two_places_among_three(self) -> None:
        """The third waits; the second gives back; the third is offered the place and takes it."""
        amina, olena, zarghuna = self.amina, self.olena, self.zarghuna
        await self._takes_the_shift(amina, TAKE)
        await amina.sees(amina.text(MINE))
        await self._takes_the_shift(olena, TAKE)
        await olena.sees(olena.text(MINE))
        await self._takes_the_shift(zarghuna, WAIT)
        await zarghuna.sees(zarghuna.text(WAITS, position=1))

        await opens(olena, "🗓 My shifts")
        await olena.taps(TITLES[self.language])
        await takes(olena, CANNOT, "Yes, give it back")
        gone = olena.text(GIVEN_BACK, title=TITLES[self.language])
        await olena.sees(gone)
        await zarghuna.sees(zarghuna.text(NEXT))
        await zarghuna.taps(zarghuna.text("✅ Yes, I take it"))
        await zarghuna.sees(zarghuna.text(MINE))

    async def _takes_the_shift(self, phone: Phone, label: str) -> None:
        await opens(phone, "📅 Shifts to come")
        await phone.taps(TITLES[self.language])
        await phone.sees(phone.text("🏠 {organisation}", organisation=ORGANISATION))
        await takes(phone, label)

    async def is_reminded_three_times(self) -> None:
        """Three days, one day and two hours before; who has said yes is not asked again."""
        amina = self.amina
        await amina.reads_on()
        self.clock.moves_to(FIRST - timedelta(days=3))
        first = await amina.sees(amina.counted("🔔 <b>In {n} day</b>", "🔔 <b>In {n} days</b>", 3))
        assert contains(first, amina.text("Are you coming?"))
        assert contains(first, TITLES[self.language])
        await amina.taps(amina.text(COME))
        await amina.sees(amina.text("👍 <b>Good, see you then!</b>"))
        self.clock.moves_to(FIRST - timedelta(days=1))
        second = await amina.sees(amina.text(TOMORROW))
        self.clock.moves_to(FIRST - timedelta(hours=2))
        third = await amina.sees(amina.text(TODAY))
        for message in (second, third):
            assert not contains(message, amina.text("Are you coming?"))

    async def is_ticked_on_the_page_and_corrected(self) -> None:
        """The organisation says four hours, the volunteer five; the coordinator decides."""
        karen, amina = self.karen, self.amina
        self.clock.moves_to(FIRST + timedelta(hours=5))
        page = await self._page_of(FIRST).is_filled_in({amina.name: 4, "Zarghuna": 4})
        assert karen.text("Thank you, it is saved.") in page
        assert TITLES["nl"] in page

        await amina.reads_on()
        await opens(amina, "⏱ My hours")
        await amina.sees(amina.text(HOURS, hours=amount(amina, 4)))
        await amina.taps(day(amina, FIRST))
        await takes(amina, "✏️ This is not right")
        await says(amina, "5")
        await takes(amina, "I stayed longer", RIGHT)
        await amina.sees(amina.text(SAID, hours=amount(amina, 5)))

        await opens(karen, "🗂 Coordinators’ desk", "⏱ Hours to check")
        await karen.taps(amina.name)
        await karen.taps(karen.text("✅ Approve {hours}", hours=amount(karen, 5)))
        await amina.sees(TITLES[self.language])
        await takes(amina, "⏱ My hours")
        await amina.sees(amina.text(HOURS, hours=amount(amina, 5)))
        await amina.sees_nothing_more()

    async def works_five_saturdays(self) -> None:
        """A trajectory begins; five shifts of seven hours make it forty."""
        karen, amina = self.karen, self.amina
        await opens(karen, "🗂 Coordinators’ desk", "🎯 Trajectories", "➕ Begin one")
        await karen.taps(amina.name)
        await says(karen, "OCMW Gent")
        await takes(karen, "✅ Yes", RIGHT)
        await karen.taps(karen.text("→ {status}", status=karen.text("▶️ Active")))
        await karen.waits()
        for number, saturday in enumerate(SATURDAYS):
            await self._plans(saturday)
            await self._takes_the_shift(amina, TAKE)
            self.clock.moves_to(saturday + timedelta(hours=8))
            if number == 2:
                await self._is_ticked_by_the_contact(amina)
            else:
                await self._page_of(saturday).is_filled_in({amina.name: 7})
            await amina.reads_on()
            await opens(amina, "⏱ My hours")
            done = amount(amina, 5 + 7 * (number + 1))
            await amina.sees(amina.text(PROGRESS, done=done, target=amount(amina, 40)))

    async def _plans(self, starts_at: datetime, *, hours: int = 7) -> None:
        await self.volunteering.shift(self.karen, self.work, starts_at, hours=hours)
        self.paths[starts_at] = await finds_the_page(self.karen, TITLES["nl"], starts_at)

    def _page_of(self, starts_at: datetime) -> Page:
        return Page(self.browser, self.paths[starts_at])

    async def _is_ticked_by_the_contact(self, amina: Phone) -> None:
        """The same by taps in Telegram."""
        pieter = self.pieter
        await pieter.sees(pieter.text("The shift is over. Who came?"))
        await pieter.taps(pieter.text("☑️ Who came?"))
        await pieter.taps(f"▫️ {amina.name}")
        await pieter.taps(pieter.text("✔️ Confirm: {n} of {all} came", n=1, all=1))
        await pieter.sees(pieter.text("Thank you, it is saved. You can still correct it."))

    async def completes_forty_hours(self) -> None:
        """The coordinator hears it and decides."""
        karen, amina = self.karen, self.amina
        await karen.sees(
            karen.text(REACHED, name=amina.name, done=amount(karen, 40), target=amount(karen, 40))
        )
        await takes(karen, "🎯 Look at it")
        await karen.taps(karen.text("→ {status}", status=karen.text("🏁 Completed")))
        await karen.sees(karen.text("🏁 Completed"))

    async def gets(self, paper: str) -> Message:
        """Asked for, written, previewed, approved, and there."""
        karen, amina = self.karen, self.amina
        await karen.reads_on()
        await opens(amina, "📄 Letters", "✍️ Ask for a letter", paper)
        await says(amina, FULL_NAME)
        await takes(amina, RIGHT)
        await amina.sees(
            amina.text("Thank you. A colleague reads it first. Then you get it here, as a PDF.")
        )
        await karen.sees(karen.text(paper))
        await takes(karen, "👀 Read and decide", "✍️ Write it")
        await says(karen, "Tafels gedekt en gasten ontvangen.", "Altijd op tijd.")
        if not karen.said(karen.text("👀 Show me the letter")):
            await says(karen, "Karen Peeters, coördinator")
        await takes(karen, "👀 Show me the letter", "✅ Approve and send")
        return await amina.sees(amina.text("{paper}: here it is.", paper=amina.text(paper)))

    async def holds_what_was_done(self, message: Message, paper: str) -> None:
        """The PDF in Dutch and in the person's language; its page says that it is genuine."""
        text = text_of(await self.amina.downloads(message))
        for words in (FULL_NAME, ORGANISATION, TITLES["nl"], "40 uur", "Altijd op tijd."):
            assert words in text
        for words in said_on_paper(self.amina, paper, FULL_NAME):
            assert words in text
        path = link_in(text, "letter")
        for language in ("nl", self.language):
            page = await self.browser.opens(f"{path}?lang={language}")
            assert page.status == 200
            for words in said_on_its_page(language, paper, hours=40):
                assert words in page.text
        number = re.search(r"2027-[A-Z2-9]{6}", text)
        assert number is not None
        assert number[0] in page.text
