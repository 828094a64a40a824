"""What coordinators are asked when they plan an event, change it, translate it or call it off."""

from collections.abc import Mapping
from typing import Any

from bot.errors import N_, Refused
from bot.events.domain import repeating
from bot.events.domain.repeating import Dates
from bot.events.wording import names
from bot.language import formats
from bot.language.catalog import N_label, Words

NEW, CHANGE = N_("New event"), N_("Change the event")
TRANSLATE, OFF = N_("Translation"), N_("Call it off")
PLAN, SAVE, CALL_OFF = N_label("✅ Plan it"), N_label("✅ Save"), N_label("❌ Yes, call it off")

KIND, L_KIND = N_("What kind of event is it?"), N_("Kind")
TITLE, L_TITLE = N_("What is it called? A few words, in your own language."), N_("Title")
TEXT = N_("What happens there? A few short sentences. You can translate them afterwards.")
L_TEXT = N_("Description")
STARTS, L_STARTS = N_("When does it begin? Day and time, such as 24/12 at 18:30."), N_("Begins")
ENDS = N_("Until when? Tap, or write the time, such as 16:30.")
L_ENDS = N_("Ends")
RHYTHM, L_RHYTHM = N_("Does it repeat?"), N_("Repeats")
ONCE = N_label("Just once")
UNTIL, L_UNTIL = N_("Until which day?"), N_("Until")
HOLIDAYS, L_HOLIDAYS = N_("Also on public holidays?"), N_("Public holidays")
HOW, L_HOW = N_("Where is it?"), N_("How")
HOWS = (
    ("place", N_label("📍 At a place")),
    ("online", N_label("💻 Online")),
    ("both", N_label("📍💻 Both")),
)
TOWN, L_TOWN = N_("In which town? Write the town or the postcode."), N_("Town")
PLACE, L_PLACE = N_("At which address? Name of the place, street and number."), N_("Address")
LINK = N_("The link for who joins online? Only people who are registered see it.")
L_LINK = N_("Link")
OFFICE, L_OFFICE = N_("Which office organises it?"), N_("Office")
NO_OFFICE = N_label("All offices together")
PLACES = N_("For how many people? Leave it out when there is no limit.")
L_PLACES = N_("Places")
WAITLIST = N_("May people wait for a place when it is full?")
L_WAITLIST = N_("Waitlist")
SPOKEN, L_SPOKEN = N_("Which languages are spoken there? Tick, or go on."), N_("Languages")
OFFERS, L_OFFERS = N_("Is there an interpreter? May children come? Tick, or go on."), N_("Also")
OFFERED = (
    ("interpreter", N_label("🗣 Interpreter")),
    ("children", N_label("🧒 Children welcome")),
)
ACCESS = N_("What should people with a disability know? Lift, stairs, toilet … Or leave it out.")
L_ACCESS = N_("Access")
WHOM, L_WHOM = N_("Who may register?"), N_("For")
ALL, SOME = N_label("Everybody"), N_label("Only some people")
ROLES, L_ROLES = N_("Which people? Tick, or go on: then all of them."), N_("People")
REGIONS = N_("Only who lives in the region of some offices? Tick, or go on: then everywhere.")
L_REGIONS = N_("Regions")
READERS = N_("Only who reads some languages? Tick, or go on: then everybody.")
L_READERS = N_("Readers")
CONTACT = N_("Whom can people ask? Name and number, for who is registered. Or leave it out.")
L_CONTACT = N_("Contact")
PICTURE = N_("A picture that stands above it? Send one photo, or leave it out.")
L_PICTURE = N_("Picture")
OPENS = N_("May people register at once? If not, you open it yourself later.")
L_OPENS = N_("Registration at once")
SCOPE, L_SCOPE = N_("It is one of a series. What is meant?"), N_("Series")
ONE = N_label("Only this one")

LANGUAGE = N_("Into which language? What is there already is replaced.")
L_LANGUAGE = N_("Language")
WHY, L_WHY = N_("Why? Everybody who registered reads it, in their own language."), N_("Reason")
WORDS = N_("Do you want to add something? It is shown as you write it.")
L_WORDS = N_("In your words")


def following(_: Words, n: int) -> str:
    """This one and all after it, on a button."""
    return _.label_plural("This one and {n} after it", "This one and {n} after it", n)


def repeats(_: Words, dates: Dates) -> str:
    """Below the summary of a series: how often, the first and the last, what is left out."""
    if not dates.walls:
        return "⚠️ " + _(repeating.BadRule.sentence)
    first, last = (formats.day_words(_, dates.walls[at].date()) for at in (0, -1))
    told = _.plural(
        "🔁 {n} time, from {first} to {last}.",
        "🔁 {n} times, from {first} to {last}.",
        len(dates.walls),
        first=first,
        last=last,
    )
    parts = [told]
    if dates.holidays:
        days = [formats.day_words(_, day) for day in dates.holidays]
        parts.append(_("Left out, a public holiday: {days}.", days=formats.listing(_, days)))
    return "\n".join(parts)


def too_far(_: Words, refusal: Refused) -> str:
    """Below the summary of a series that cannot be."""
    return "⚠️ " + _(refusal.sentence, **refusal.values)


def told(_: Words, n: int) -> str:
    """Below a summary: who hears of it."""
    if n == 0:
        return _("Nobody is registered yet.")
    return _.plural(
        "{n} person is registered or waits, and is told in their own language.",
        "{n} people are registered or wait, and are told in their own language.",
        n,
    )


def ask_title(_: Words, answers: Mapping[str, Any]) -> str:
    """The title in one language more."""
    return _("The title in that language? Now it is:") + _quoted(answers["from_title"])


def ask_text(_: Words, answers: Mapping[str, Any]) -> str:
    """The description in one language more."""
    return _("The description in that language? Now it is:") + _quoted(answers["from_text"])


def _quoted(text: str) -> str:
    return f"\n\n<blockquote>{names.shown(text)}</blockquote>"
