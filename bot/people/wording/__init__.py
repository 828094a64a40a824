"""What people read about language, menu, their data and roles.

Whole sentences, one per message of the catalogue; paragraphs are put together here.
"""

import html
from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons, Key, Keyboard
from bot.errors import N_
from bot.language import bidi
from bot.language.catalog import Catalogs, Words
from bot.people import domain
from bot.people.domain import Role

Rows = Sequence[Sequence[str]]
Commands = Sequence[tuple[str, str]]
# One line of "My things" (HTML, in the person's language), perhaps with a button.
Thing = tuple[str, Button | None]

# In Telegram's own list of commands, and in /help.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("menu", N_("Main menu")),
    ("language", N_("Choose your language")),
    ("my", N_("My questions and appointments")),
    ("help", N_("How this bot works")),
    ("privacy", N_("What we store and who reads it")),
    ("mydata", N_("A copy of my data")),
    ("delete", N_("Delete all my data")),
)

_JOINED = {
    Role.TRAINEE: N_("Welcome to the team! You are now a trainee."),
    Role.STAFF: N_("Welcome to the team! You are now a colleague."),
    Role.COORDINATOR: N_("Welcome to the team! You are now a coordinator."),
    Role.ADMIN: N_("Welcome to the team! You are now an administrator."),
}


def language_choice(catalogs: Catalogs) -> str:
    """The question for the language, in all languages at once."""
    return "\n\n".join(_("Hello! Please choose your language.") for _ in catalogs)


def language_buttons(catalogs: Catalogs, first: str | None) -> Buttons:
    """One language per row in its own name and script; then the way out for all others."""
    _ = catalogs.words(first)
    rows = [
        (Button(catalogs.words(code).name, action=f"lang:{code}"),)
        for code in domain.language_order(catalogs.codes, first)
    ]
    return (*rows, (Button(_.label("🌍 Other language"), action="other_language"),))


def language_chosen(_: Words) -> str:
    """What stays of the screen on which the language was chosen."""
    return _("Your language: {language}", language=_.name)


def speaks_now(_: Words) -> str:
    """After a change of language, beside the keyboard in the new one."""
    return _("From now on I write in this language.")


def welcome(
    _: Words, *, name: str, organisation: str, privacy_sentence: str, question_days: int
) -> str:
    """What the bot does, that it is free, and what happens with what people write."""
    return _paragraphs(
        _("<b>Welcome!</b>") if name == "—" else _("<b>Welcome, {name}!</b>", name=name),
        _("I answer questions about living in Belgium: asylum, housing, work, school, health."),
        _lines(
            _("This bot is free of charge."),
            _("We are {organisation}, not the government.", organisation=organisation),
        ),
        _lines(
            _who_reads(_, organisation, privacy_sentence),
            _kept(_, question_days),
            _("More about your data: {command}", command="/privacy"),
        ),
        _("Write your question now, or choose a button below."),
    )


def menu(_: Words) -> str:
    """Beside the keyboard that stays."""
    return _("How can I help you? Write your question, or choose a button below.")


def keyboard(_: Words, rows: Rows) -> Keyboard:
    """The keyboard that stays. Telegram never mirrors keyboards, so we do (first one rightmost)."""
    labels = [[Key(_.label(msgid)) for msgid in row] for row in rows]
    placed = (tuple(reversed(row)) if _.is_rtl else tuple(row) for row in labels)
    return Keyboard(rows=tuple(placed), placeholder=_.label("Write your question here"))


def my_things(_: Words, things: Sequence[Thing]) -> str:
    """Everything that is going on for this person, one line each."""
    title = _("<b>My things</b>")
    lines = [line for line, button in things if line]
    if not lines:
        return _paragraphs(title, _("You have no open questions or appointments."))
    return _paragraphs(title, _lines(*lines))


def my_things_buttons(_: Words, things: Sequence[Thing]) -> Buttons:
    """What can be done with each of them, and with the own data."""
    own = [(button,) for line, button in things if button is not None]
    return (*own, (Button(_.label("🌐 Language"), action="language"),), *_data_buttons(_))


def help_text(_: Words, commands: Commands) -> str:
    """How to use the bot, and the commands that always work."""
    return _paragraphs(
        _("<b>How this bot works</b>"),
        _("Write your question in your own words. You can also use the buttons below the chat."),
        _("If I have no answer, a colleague can read your question and answer you here."),
        _("You can always use these commands:"),
        _lines(*(_command_line(_, name, meaning) for name, meaning in commands)),
    )


def privacy(_: Words, *, organisation: str, privacy_sentence: str, question_days: int) -> str:
    """What is stored, who reads it and for how long."""
    return _paragraphs(
        _("<b>Your data</b>"),
        _who_reads(_, organisation, privacy_sentence),
        _lines(
            _(
                "We store your Telegram account number, your first name, your language and your"
                " questions."
            ),
            _("We do not store your phone number or your Telegram user name."),
        ),
        _lines(
            _("Your questions are read in a closed group on Telegram."),
            _kept(_, question_days),
            _("A copy can stay longer on the phone of a colleague."),
        ),
        _lines(
            _("Telegram can read chats with a bot."),
            _("Please do not write document numbers here."),
        ),
        _("You can get a copy of your data, or delete everything."),
    )


def privacy_buttons(_: Words) -> Buttons:
    """Below /privacy."""
    return (*_data_buttons(_), (Button(_.label("📣 Complain"), action="complaint"),))


def copy_of_data(_: Words) -> str:
    """Beside the file."""
    return _("This is everything that we store about you.")


def erasure_preview(_: Words, things: Sequence[Thing]) -> str:
    """What will go, before anything goes."""
    goes = [
        _("• your name, your language and your settings"),
        _("• your questions and our answers, also in the group of our team"),
        _("• our messages of the last 48 hours in this chat"),
    ]
    stops = [line for line, button in things if line]
    return _paragraphs(
        _("<b>Delete everything about you?</b>"),
        _lines(_("We will delete:"), *goes),
        _lines(_("This is still open and will stop:"), *stops) if stops else "",
        _("Older messages stay on your phone until you delete this chat."),
        _("We keep only a secret code, so that an old copy cannot bring your data back."),
        _("You cannot undo this."),
    )


def erasure_buttons(_: Words, stamp: str) -> Buttons:
    """Yes and no, on rows of their own; yes only works for a while."""
    return (
        (Button(_.label("🗑 Yes, delete everything"), action=f"forget_yes:{stamp}"),),
        (Button(_.label("No, keep my data"), action="forget_no"),),
    )


def erased(_: Words) -> str:
    """The last thing that is said to somebody who asked to be forgotten."""
    return _paragraphs(
        _("Everything about you is deleted. Thank you for your trust."),
        _("You can come back at any time: {command}", command="/start"),
    )


def not_erased(_: Words) -> str:
    """After "no"."""
    return _("Nothing was deleted.")


def unknown_command(_: Words) -> str:
    """For a command that does not exist here, staff commands among them."""
    return _("I do not know this command. Here is what I know: {command}", command="/help")


def joined(_: Words, role: Role) -> str:
    """After an invitation."""
    return _(_JOINED[role])


def operators_own(_: Words, sentence: str) -> str:
    """A text of the operator, who writes plain text: made safe for HTML and for direction."""
    return bidi.line_starts_right(html.escape(bidi.contained(sentence), quote=False), _.is_rtl)


def _who_reads(_: Words, organisation: str, privacy_sentence: str) -> str:
    """The operator's own sentence says it; the bot's words are for when there is none."""
    return operators_own(_, privacy_sentence) or _lines(
        _("The team of {organisation} reads your questions.", organisation=organisation),
        _("Your messages pass through Telegram’s servers."),
    )


def _kept(_: Words, days: int) -> str:
    return _.plural(
        "We delete a question {n} day after it is closed.",
        "We delete a question {n} days after it is closed.",
        days,
    )


def _command_line(_: Words, name: str, meaning: str) -> str:
    return _("{command} – {meaning}", command=f"/{name}", meaning=_.label(meaning))


def _data_buttons(_: Words) -> Buttons:
    return (
        (Button(_.label("📄 A copy of my data"), action="mydata"),),
        (Button(_.label("🗑 Delete all my data"), action="forget_ask"),),
    )


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
