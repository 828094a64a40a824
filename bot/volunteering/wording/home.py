"""The screens behind "🤝 Volunteer". A feature adds its buttons here, in a line."""

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import Words
from bot.volunteering.domain import State
from bot.volunteering.wording import questions

Screen = tuple[str, Buttons]

# In Telegram's own list of commands, and in /help.
COMMANDS: tuple[tuple[str, str], ...] = (("volunteer", N_("Volunteer: sign up, shifts, hours")),)


def stranger(_: Words, *, has_places: bool = False) -> Screen:
    """Who has not signed up."""
    text = _(
        "🤝 <b>Volunteer</b>\n\nMeet people, practise Dutch, get experience. You choose what and"
        " when. It is unpaid. Before you start, the organisation must tell you how volunteers are"
        " insured."
    )
    return text, (
        *((_places(_),) if has_places else ()),
        (Button(_.label("✍️ Sign up"), action="vsignup"),),
        (Button(_.label("🤝 I would like a buddy"), action="vbuddy"),),
        (Button(_.label("ℹ️ How does it work?"), action="read:volunteering/newcomer"),),
        (Button(_.label("💬 Ask a colleague"), action="ask"),),
    )


def volunteer(
    _: Words, state: State, *, name: str, office: str, must_agree: bool, has_places: bool = False
) -> Screen:
    """Who has: where they stand, and what they can do."""
    head = _("🤝 <b>Volunteer: {name}</b>", name=name)
    agree = (Button(_.label("✅ Read and agree"), action="vagree"),)
    first = (*((agree,) if must_agree else ()), *((_places(_),) if has_places else ()))
    return f"{head}\n\n{_standing(_, state, office)}", (*first, *_features(_, state))


def _places(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("🔁 My regular places"), action="vplaces"),)


def _features(_: Words, state: State) -> Buttons:
    """What a volunteer can open; one line a feature."""
    talk = (Button(_.label("🗓 Choose a moment"), action="vtalk"),)
    shifts = (
        (Button(_.label("✨ Assignments that fit"), action="vfit:0"),),
        (Button(_.label("📅 Shifts to come"), action="vshifts:0"),),
    )
    own = (
        (Button(_.label("🗓 My shifts"), action="vmine"),),
        (
            Button(_.label("⏱ My hours"), action="vhours"),
            Button(_.label("📄 Letters"), action="vletters"),
        ),
    )
    pause = (Button(_.label("⏸ Pause or stop"), action="vstop"),)
    return (
        *((talk,) if state is State.ENROLLED else ()),
        *(shifts if state is State.ACTIVE else ()),
        *(own if state in (State.ACTIVE, State.PAUSED) else ()),
        (
            Button(_.label("📋 My file"), action="vfile"),
            Button(_.label("📄 Documents"), action="vdocs"),
        ),
        (Button(_.label("🤝 I would like a buddy"), action="vbuddy"),),
        (questions.button(_),),
        *((pause,) if state in (State.ACTIVE, State.PAUSED) else ()),
    )


def desk_button(_: Words) -> tuple[Button, ...]:
    """For coordinators, above the rest: it is what they come for."""
    return (Button(_.label("🗂 Coordinators’ desk"), action="vcdesk"),)


def desk(_: Words, waiting: int) -> Screen:
    """What a coordinator can open, what every day asks for first."""
    return _("🗂 <b>Coordinators’ desk</b>"), (
        (
            Button(_.label("📋 Worklist"), action="vcwork"),
            Button(_.label("🗓 Talks"), action="vctalks"),
        ),
        (Button(_.label("📥 Sign-ups ({n})", n=waiting), action="vcwait"),),
        (Button(_.label("🎪 Fill a shift"), action="vcfill:0"),),
        (Button(_.label("🙋 Who is interested"), action="vcplaces"),),
        (Button(_.label("🔁 Regular places and pairs"), action="vclast:0"),),
        (Button(_.label("⏱ Hours to check"), action="vchours:0"),),
        (
            Button(_.label("🏢 Organisations"), action="vcorgs:0"),
            Button(_.label("🏠 Offices"), action="vcoffices"),
        ),
        (Button(_.label("🎯 Trajectories"), action="vctrajs:0"),),
        (Button(_.label("📄 Read letters"), action="vcletters"),),
        (
            Button(_.label("🙂 How it was"), action="vcresults"),
            Button(_.label("📊 Key figures"), action="vcreport"),
        ),
        (Button(_.label("📅 Events"), action="ecdesk:0"),),
        (Button(_.label("📣 Message to many"), action="bclist"),),
        (Button(_.label("📱 Without Telegram"), action="vcwithout"),),
        (Button(_.label("⬅️ Back"), action="vhome"),),
    )


def _standing(_: Words, state: State, office: str) -> str:
    if state is State.ENROLLED:
        return _("You are signed up. The coordinator of {office} answers you here.", office=office)
    if state is State.PAUSED:
        return _("Your volunteering is paused.")
    return _("You are a volunteer at {office}. Thank you!", office=office)
