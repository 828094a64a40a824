"""What volunteers and coordinators read about letters."""

from collections.abc import Mapping, Sequence

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.letters import NAMES, Letter, Paper, Stage, organisations
from bot.volunteering.wording import hours

Screen = tuple[str, Buttons]
Thing = tuple[str, Button | None]

ASK_TITLE = N_("Ask for a letter")
WHICH = N_("Which paper do you need?")
NAME = N_("What are your first name and family name, as on your Belgian papers?")
PREPARE_TITLE = N_("Prepare a letter")
DID = N_(
    "What did this person do? Write it in Dutch, in one or two sentences. It stands in the letter."
)
PRAISE = N_("Do you want to add a sentence of your own, in Dutch? It stands in the letter too.")
SIGNED = N_("Which name and function stand below the letter?")
REFUSE_TITLE = N_("No letter now")
WHY = N_("Why not? Write it kindly: the volunteer reads this as you write it.")
SIGNED_LABEL = N_("Signed by")
TASKS_LABEL = N_("Tasks")
PRAISE_LABEL = N_("Own sentence")
SHOW = N_("👀 Show me the letter")
WHOSE = N_("Name on the letter, as on the Belgian papers")
WHOSE_LABEL = N_("Name")
SIGNS: Mapping[Stage, str] = {Stage.ASKED: "⏳", Stage.APPROVED: "✅"}


def thing(_: Words, minutes: int) -> Thing:
    """A volunteer's line in "My things"."""
    return hours_confirmed(_, minutes), Button(label=_.label("📄 Letters"), action="vletters")


def coordinators_thing(_: Words, count: int) -> Thing:
    """A coordinator's line there."""
    text = _.plural("📄 {n} letter waits for you.", "📄 {n} letters wait for you.", count)
    return text, Button(label=_.label("📄 Read letters"), action="vcletters")


def home(_: Words, minutes: int, letters: Sequence[Letter]) -> Screen:
    """What somebody has and may ask for."""
    lines = [hours_confirmed(_, minutes)]
    lines.append(
        _(
            "You can have a letter about it, in Dutch, with a translation for you."
            " A colleague reads it first."
        )
    )
    for one in letters:
        if one.stage is Stage.ASKED:
            paper = _.plain(NAMES[one.paper])
            lines.append(_("⏳ {paper}: a colleague is reading it.", paper=paper))
    rows: list[tuple[Button, ...]] = [
        (Button(label=_.label("✍️ Ask for a letter"), action="vletterask"),)
    ]
    for one in letters:
        if one.stage is Stage.APPROVED:
            label = f"📄 {_.label(NAMES[one.paper])}"
            rows.append((Button(label=label, action=f"vletterget:{one.number}"),))
    rows.append((Button(label=_.label("⬅️ Back"), action="vhome"),))
    return "\n\n".join(lines), tuple(rows)


def asked(_: Words) -> str:
    """It is on its way to a coordinator."""
    return _("Thank you. A colleague reads it first. Then you get it here, as a PDF.")


def sent(_: Words, letter: Letter) -> str:
    """Below the file."""
    said = _("{paper}: here it is.", paper=_.plain(NAMES[letter.paper]))
    if letter.replaces:
        said = f"{said}\n{_replaced(_, letter)}"
    return f"{said}\n{_('You can have it again at any time: 🗂 My things → 📄 Letters.')}"


def again(_: Words, letter: Letter) -> str:
    """The same file once more."""
    return _("{paper}: here it is.", paper=_.plain(NAMES[letter.paper]))


def refused(_: Words, paper: Paper, why: str) -> Outgoing:
    """The volunteer asked, and a coordinator says no."""
    said = _(
        "{paper}: we cannot give it now. Your coordinator writes:", paper=_.plain(NAMES[paper])
    )
    return Outgoing(text=f"{said}\n{_('“{words}”', words=why)}")


def withdrawn(_: Words, letter: Letter) -> Outgoing:
    """The volunteer had it."""
    return Outgoing(
        text=_(
            "{paper} {number} does not count any more. Do you want to know why?"
            " Ask your coordinator.",
            paper=_.plain(NAMES[letter.paper]),
            number=letter.number,
        )
    )


def asked_card(_: Words, letter: Letter, *, office: str) -> Outgoing:
    """To each coordinator of the office."""
    text = f"📄 <b>{_(NAMES[letter.paper])}</b>\n\n{_told(_, letter, office)}"
    return Outgoing(text=text, buttons=((look(_, letter, _.label("👀 Read and decide")),),))


def for_group(_: Words, name: str, *, office: str) -> str:
    """Where no coordinator has an own chat."""
    return _(
        "📄 {name} ({office}) asks for a letter. A coordinator finds it under 🗂 My things,"
        " in the own chat with me.",
        name=name,
        office=office,
    )


def listing(_: Words, letters: Sequence[Letter]) -> Screen:
    """A coordinator's letters."""
    shown = [one for one in letters if one.facts is not None][:20]
    rows = tuple(
        (look(_, one, f"{SIGNS[one.stage]} {one.facts.name}, {_.label(NAMES[one.paper])}"),)
        for one in shown
        if one.facts is not None
    )
    text = _("⏳ waits for you, ✅ was approved in the last 60 days.")
    back = (Button(label=_.label("⬅️ Back"), action="vcdesk"),)
    return (text if rows else _("No letter waits.")), (*rows, back)


def one(_: Words, letter: Letter, *, office: str) -> Screen:
    """One letter for a coordinator."""
    text = f"📄 <b>{_(NAMES[letter.paper])}</b>\n\n{_told(_, letter, office)}"
    back = (Button(label=_.label("⬅️ Back"), action="vcletters"),)
    if letter.stage is Stage.APPROVED:
        rows: Buttons = (
            (Button(label=_.label("📄 The file"), action=f"vcletterfile:{letter.number}"),),
            (Button(label=_.label("✏️ Correct a mistake"), action=f"vccorrect:{letter.number}"),),
            (Button(label=_.label("🚫 Withdraw it"), action=f"vcletteroff:{letter.number}"),),
            back,
        )
        return f"{text}\n\n{_('✅ Approved. Number {number}.', number=letter.number)}", rows
    if letter.stage is not Stage.ASKED:
        return text, (back,)
    return text, (*_prepare(_, letter), *_no(_, letter), back)


def preview(_: Words, letter: Letter) -> Screen:
    """Below the file that a coordinator reads before deciding."""
    label, which = _.label("✅ Approve and send"), f"{letter.number}:{letter.edition}"
    rows = ((Button(label=label, action=f"vcletteryes:{which}"),),)
    text = _("This is how it looks. Is everything right? Nothing goes out before you approve it.")
    return text, (*rows, *_prepare(_, letter), *_no(_, letter))


def approved(_: Words) -> str:
    """Where the preview stood."""
    return _("✅ Approved. The volunteer gets it.")


def approved_to_print(_: Words) -> str:
    """The same, for a volunteer who cannot be reached here."""
    return _("✅ Approved.")


def not_given(_: Words) -> str:
    """After a refusal."""
    return _("The volunteer reads your reason.")


def sure(_: Words, letter: Letter) -> Screen:
    """Before a letter is withdrawn."""
    return _(
        "Withdraw this letter? Its page will say that it does not count any more,"
        " and the volunteer hears it."
    ), (
        (Button(label=_.label("🚫 Yes, withdraw"), action=f"vcletteroffyes:{letter.number}"),),
        (look(_, letter, _.label("⬅️ Back")),),
    )


def gone(_: Words) -> str:
    """After it was withdrawn."""
    return _("The letter is withdrawn.")


def for_printing(_: Words, letter: Letter) -> str:
    """For somebody without Telegram."""
    assert letter.facts is not None
    said = _(
        "📄 The letter of {name}, to print or to mail: they cannot be reached here.",
        name=letter.facts.name,
    )
    return f"{said}\n{_replaced(_, letter)}" if letter.replaces else said


def file_name(letter: Letter) -> str:
    """As phones store it."""
    return f"{letter.paper}-{letter.number}.pdf"


def _told(_: Words, letter: Letter, office: str) -> str:
    facts = letter.facts
    assert facts is not None
    lines = [
        _("{name} ({office})", name=facts.name, office=office),
        hours_confirmed(_, facts.minutes),
        _("With: {organisations}", organisations=formats.listing(_, organisations(facts.works))),
    ]
    if letter.replaces and letter.stage is Stage.ASKED:
        lines.append(
            _("Corrects number {number}, which counts until then.", number=letter.replaces)
        )
    return "\n".join(lines)


def _replaced(_: Words, letter: Letter) -> str:
    return _("It is corrected. Number {number} does not count any more.", number=letter.replaces)


def hours_confirmed(_: Words, minutes: int) -> str:
    """How much of it is confirmed."""
    return _("⏱ Confirmed: {hours}.", hours=hours.amount(_, minutes))


def look(_: Words, letter: Letter, label: str) -> Button:
    """Opens a letter, for a coordinator."""
    return Button(label=label, action=f"vcletter:{letter.number}")


def _prepare(_: Words, letter: Letter) -> Buttons:
    label = _.label("✍️ Change it") if letter.edition else _.label("✍️ Write it")
    return ((Button(label=label, action=f"vcletterdo:{letter.number}"),),)


def _no(_: Words, letter: Letter) -> Buttons:
    if letter.unasked:
        label = _.label("🗑 Throw the draft away")
        return ((Button(label=label, action=f"vcletterdrop:{letter.number}"),),)
    return ((Button(label=_.label("✖️ Not this letter"), action=f"vcletterno:{letter.number}"),),)
