"""The people of the demonstration: a newcomer per language, a volunteer, and the staff group."""

from dataclasses import dataclass

from bot.simulator import groups
from bot.simulator.chats import ADMIN_RIGHTS, Chat, Person
from bot.simulator.world import World

# language_code as Telegram sends it: fa stands for Dari too.
NEWCOMERS = (("Samira", "nl"), ("Daniel", "en"), ("Олена", "uk"), ("امینه", "fa"), ("زرغونه", "ps"))
STAFF = ("Joris", "Karen", "Nadia")
TEAM = "Wegwijzer — team"


@dataclass(frozen=True, slots=True)
class Scene:
    newcomers: list[Person]
    volunteer: Person
    staff: list[Person]
    team: Chat


def set_up(world: World) -> Scene:
    newcomers = [world.add_person(name, code) for name, code in NEWCOMERS]
    volunteer = world.add_person("Bram", "nl", role_hint="volunteer")
    staff = [world.add_person(name, "nl", role_hint="staff") for name in STAFF]
    team = groups.create(
        world,
        TEAM,
        members=[person.id for person in staff],
        admins=[staff[0].id],
        bot_rights=dict.fromkeys(ADMIN_RIGHTS, True),
    )
    return Scene(newcomers, volunteer, staff, team)
