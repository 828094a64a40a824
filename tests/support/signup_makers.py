"""People who sign up, and the coordinators who decide: telephones without a network."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery import outbox
from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Message, Outgoing, Toast
from bot.dialog import routes as dialog_routes
from bot.dialog.routes import Routes
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Office
from tests.support import people_makers
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted
from tests.support.people_makers import NOW, a_sender
from tests.support.shipped import files

GROUP = -1001
OFFICES = {
    "gent": Office("gent", "Gent", "9000", "Dok Noord 7"),
    "leuven": Office("leuven", "Leuven", "3000"),
}


def a_desk(catalogs: Catalogs, *, group: int | None = GROUP) -> VolunteeringDesk:
    """Two offices and the team's group."""
    return VolunteeringDesk(
        catalogs=catalogs,
        organisation="Refu Interim",
        staff_language="nl",
        towns=files().knowledge.towns,
        offices=OFFICES,
        staff_groups={} if group is None else {"infodesk": group},
        bot_name=lambda: "refu_bot",
    )


@dataclass
class Volunteering(Phone):
    """Somebody's telephone; `group`: the next tap or word is in the team's group."""

    desk: VolunteeringDesk | None = None
    group: int | None = None
    told: list[str] = field(default_factory=list)

    def routes(self) -> Routes:
        assert self.desk is not None

        async def heard(tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
            return [Outgoing(text="a question")]

        return dialog_routes.combine(
            chat.combined(self.desk),
            staff_chat.combined(self.desk),
            Routes(hears=(heard,)),
        )

    async def take(self, incoming: Incoming) -> list[Message]:
        replies = await super().take(incoming)
        await outbox.put(self.tx, *(one for one in replies if not isinstance(one, Toast)))
        return replies

    async def press_in_the_group(self, action: str) -> list[Message]:
        """A tap on the card."""
        tap = Tapped(
            chat_id=GROUP,
            is_private=False,
            at=self.at,
            sender=a_sender(self.person.telegram_id, self.person.first_name),  # type: ignore[attr-defined]
            message_id=7,
            query_id="q",
            data=action,
        )
        return await self.take(tap)

    async def news(self) -> list[str]:
        """What was posted to them, not what they were answered."""
        found = await posted(self.tx, self.person.telegram_id)
        return [one.text for one in found if isinstance(one, Outgoing) and one.lane == "notice"]

    async def signs_up(self, town: str = "9000", *, talk: str = "write") -> None:
        """The four taps."""
        await self.say(self._menu())
        await self.press("vsignup")
        await self.press(self._last(":name:own"))
        await self.say(town)
        await self.press(self._last(":languages:uk"))
        await self.press(self._last("form_done:"))
        await self.press(self._last(f":talk:{talk}"))

    async def agrees(self, age: str = "adult") -> None:
        """Age and the three documents."""
        await self.press(self._last(f":age:{age}"))
        if age == "16_17":
            await self.say("Maryam")
        for name in ("privacy", "conduct", "agreement"):
            await self.press(self._last(f":{name}:yes"))

    def _menu(self) -> str:
        return self.catalogs.words(self.person.language).label("🤝 Volunteer")

    def _last(self, part: str) -> str:
        found = [one for one in self.shown if part in one]
        assert found, f"no button with {part} among {self.shown[-12:]}"
        return found[-1]


async def a_phone(
    tx: Tx,
    desk: VolunteeringDesk,
    name: str = "Amina",
    *,
    number: int = 5_000_000_001,
    language: str = "en",
    role: Role | None = None,
    at: datetime = NOW,
) -> Volunteering:
    """Somebody who has chosen a language, perhaps with a role."""
    person = await people_makers.a_person(tx, number, name=name, language=language)
    if role is not None:
        code = await people.invite(tx, role, now=at)
        await people.join(tx, person, code, now=at)
        hello = Said(
            chat_id=number, is_private=True, at=at, sender=a_sender(number, name), text="hello"
        )
        found = await people.recognise(tx, hello, staff_groups=())
        assert found is not None
        person = found
    return Volunteering(tx, desk.catalogs, person=person, at=at, desk=desk)  # type: ignore[arg-type]
