"""Assignments: written, translated, opened and closed by coordinators, in their own chat."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs, Step
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import N_, Outdated, number_in
from bot.language import formats
from bot.language.catalog import N_label, Words
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import LEVELS, Kind
from bot.volunteering.domain.assignments import (
    ADULT,
    TEXT_LENGTH,
    TITLE_LENGTH,
    YOUNGEST,
    Assignment,
    Stage,
)
from bot.volunteering.service import assignments, contacts, organisations, planning, shutting
from bot.volunteering.service.assignments import Draft
from bot.volunteering.staff_chat.organisations import is_on, parts, posted, words
from bot.volunteering.wording import names
from bot.volunteering.wording import organisations as wording
from bot.volunteering.wording.organisations import Screen

_NONE = "0"
DUTCH = ((_NONE, N_label("Not needed")), *((str(one), names.LEVELS[one]) for one in LEVELS))
_LEVELS = tuple((str(one), names.LEVELS[one]) for one in LEVELS)
AGES = ((str(YOUNGEST), N_label("From 16 years")), (str(ADULT), N_label("From 18 years")))
_COUNTS = ("dutch", "social")


def routes(desk: VolunteeringDesk) -> Routes:
    """Assignments and their dialogs."""
    new, translation = assignment_form(desk), translation_form(desk)

    async def begin_new(desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped) -> list[Message]:
        require(who, Role.COORDINATOR)
        found = await organisations.get(tx, number_in(tap.argument))
        return await forms.begin(tx, who, tap, new, ref=str(found.id))

    async def begin_translation(
        desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped
    ) -> list[Message]:
        require(who, Role.COORDINATOR)
        found = await assignments.get(tx, number_in(tap.argument))
        said = {"from_title": found.title(who.language), "from_text": found.text(who.language)[0]}
        return await forms.begin(tx, who, tap, translation, ref=str(found.id), answers=said)

    taps: dict[str, Shows[VolunteeringDesk]] = {
        "vcas": show,
        "vcasnew": begin_new,
        "vcastr": begin_translation,
        "vcasst": set_stage,
        "vcasshut": shut,
        "vcasflag": switch_flag,
    }
    return Routes(actions=bound(desk, taps), forms=(new, translation))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One assignment with its next shifts."""
    found = await assignments.seen(tx, person, number_in(tap.argument))
    return [posted(await screen(desk, tx, person, found, tap), tap)]


async def set_stage(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🟢 Open it, ⚪ close it: where something ends with that, it is asked back."""
    id_, stage = parts(tap, 2)
    if stage == Stage.CLOSED:
        found = await assignments.seen(tx, person, number_in(id_))
        ahead = await shutting.ahead(tx, found.id, now=tap.at)
        if any(ahead):
            return [posted(wording.may_close(words(desk, person), found, *ahead), tap)]
        found = await shutting.close(tx, person, found.id, now=tap.at)
    elif stage == Stage.OPEN:
        found = await assignments.open_(tx, person, number_in(id_), now=tap.at)
    else:
        raise Outdated
    return [posted(await screen(desk, tx, person, found, tap), tap)]


async def shut(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes: what is ahead ends with it."""
    found = await shutting.close(tx, person, number_in(tap.argument), now=tap.at)
    return [posted(await screen(desk, tx, person, found, tap), tap)]


async def switch_flag(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A tick more or less."""
    id_, flag, wanted = parts(tap, 3)
    found = await assignments.set_flag(
        tx, person, number_in(id_), flag, is_on=is_on(wanted), now=tap.at
    )
    return [posted(await screen(desk, tx, person, found, tap), tap)]


async def screen(
    desk: VolunteeringDesk, tx: Tx, person: Person, found: Assignment, incoming: Incoming
) -> Screen:
    """An assignment as its coordinator sees it."""
    events = await planning.of_assignment(tx, found.id, now=incoming.at)
    contact = None if found.contact_id is None else await contacts.find(tx, found.contact_id)
    return wording.assignment(words(desk, person), desk.catalogs, found, events, contact)


# Dialogs


def assignment_form(desk: VolunteeringDesk) -> Form:
    """➕ New assignment."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        draft = Draft(
            Kind(answers["kind"]),
            answers["title"],
            answers["text"],
            answers["language"],
            _further(answers),
        )
        made = await assignments.add(tx, person, number_in(answers["ref"]), draft, now=incoming.at)
        return [posted(await screen(desk, tx, person, made, incoming), incoming)]

    steps = (*_own_words(desk), *_needs(desk), *_whom())
    return Form("vassignment", 1, N_("New assignment"), steps, finish)


def _own_words(desk: VolunteeringDesk) -> tuple[Step, ...]:
    return (
        forms.choice(
            "language",
            N_(
                "In which language will you write the description? It can be translated afterwards."
            ),
            _languages(desk),
            label=N_("Written in"),
        ),
        forms.text(
            "title", N_("What is the assignment called?"), longest=TITLE_LENGTH, label=N_("Title")
        ),
        forms.text(
            "text",
            N_("What does a volunteer do there? A few short sentences."),
            longest=TEXT_LENGTH,
            label=N_("Description"),
        ),
        forms.choice(
            "kind",
            N_("Which kind is it?"),
            tuple((str(one), label) for one, label in names.KINDS.items()),
            label=N_("Kind"),
        ),
        forms.number(
            "wanted",
            N_("How many volunteers is it for?"),
            least=1,
            most=999,
            quick=(1, 2, 3, 5),
            when=lambda answers: answers["kind"] != Kind.OCCASIONAL,
            label=N_("Volunteers"),
        ),
    )


def _needs(desk: VolunteeringDesk) -> tuple[Step, ...]:
    return (
        forms.choice("dutch", N_("How much Dutch is needed?"), DUTCH, label=N_("Dutch")),
        forms.choices(
            "others",
            N_("Is another language needed? Tick, or go on."),
            _languages(desk, without="nl"),
            label=N_("Other languages"),
        ),
        forms.choice(
            "level",
            N_("How well?"),
            _LEVELS,
            when=lambda answers: bool(answers["others"]),
            label=N_("Level"),
        ),
        forms.choices(
            "talents",
            N_("Which talents are useful? Tick, or go on."),
            tuple(names.TALENTS.items()),
            label=N_("Talents"),
        ),
        forms.choice("age", N_("From which age?"), AGES, label=N_("Age")),
        forms.choices(
            "flags",
            N_("What is true? Hours count for the 40-hour trajectory when both of the first are."),
            tuple(names.FLAGS.items()),
            label=N_("Marks"),
        ),
    )


def _whom() -> tuple[Step, ...]:
    return (
        forms.text(
            "place",
            N_("At which address? Leave it out when it is where the organisation is."),
            longest=200,
            skippable=True,
            label=N_("Address"),
        ),
        forms.choice(
            "contact",
            N_("Who is the contact person?"),
            _contacts,
            skippable=True,
            label=N_("Contact person"),
        ),
    )


async def _contacts(tx: Tx, person: Person, answers: Answers) -> Pairs:
    found = await contacts.of_organisation(tx, number_in(answers["ref"]))
    return tuple((str(one.id), one.name) for one in found)


def _further(answers: Answers) -> dict[str, object]:
    levels = {code: int(answers["level"]) for code in answers["others"]}
    if answers["dutch"] != _NONE:
        levels = {"nl": int(answers["dutch"]), **levels}
    flags = assignments.flagged(answers["flags"])
    contact = answers["contact"]
    return {
        "languages": levels,
        "talents": answers["talents"],
        "least_age": int(answers["age"]),
        "place": answers["place"] or "",
        "contact_id": None if contact is None else number_in(contact),
        "wanted": answers.get("wanted") or 1,
        **flags,
    }


def translation_form(desk: VolunteeringDesk) -> Form:
    """🌐 Translate."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        found = await assignments.translate(
            tx,
            person,
            number_in(answers["ref"]),
            answers["language"],
            title=answers["title"],
            text=answers["text"],
            now=incoming.at,
        )
        await planning.plan_retitle(tx, found.id, now=incoming.at)
        return [posted(await screen(desk, tx, person, found, incoming), incoming)]

    def ask_title(_: Words, answers: Answers) -> str:
        return _("The title in that language? Now it is:") + _quoted(answers["from_title"])

    def ask_text(_: Words, answers: Answers) -> str:
        return _("The description in that language? Now it is:") + _quoted(answers["from_text"])

    steps = (
        forms.choice(
            "language",
            N_("Into which language? What is there already is replaced."),
            _languages(desk),
            label=N_("Language"),
        ),
        forms.text("title", ask_title, longest=TITLE_LENGTH, label=N_("Title")),
        forms.text("text", ask_text, longest=TEXT_LENGTH, label=N_("Description")),
    )
    return Form("vtranslation", 1, N_("Translation"), steps, finish)


def _quoted(text: str) -> str:
    return f"\n\n<blockquote>{names.shown(text)}</blockquote>"


def _languages(desk: VolunteeringDesk, without: str = "") -> forms.Options:
    async def named(tx: Tx, person: Person, answers: Answers) -> Pairs:
        _ = words(desk, person)
        known = [one for one in desk.catalogs if one.code != without]
        return tuple((one.code, formats.language_name(_, one)) for one in known)

    return named
