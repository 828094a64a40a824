"""What people read about complaints: who complains, and the contact person."""

import html
from collections.abc import Sequence

from bot.complaints import domain
from bot.complaints.domain import Complaint, Draft, Read, Sent
from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import bidi, formats
from bot.language.catalog import Words

# In Telegram's own list of commands, and in /help.
COMMANDS: tuple[tuple[str, str], ...] = (("complaint", N_("Complain, also without your name")),)


def choice(_: Words, *, organisation: str, address: str) -> tuple[str, Buttons]:
    """Who reads it, and the two ways."""
    text = _paragraphs(
        _("📣 <b>Complain</b>"),
        _(
            "Your complaint goes to an independent contact person. The team of {organisation}"
            " cannot read it.",
            organisation=organisation,
        ),
        _("With your name: the contact person sees your first name and can answer you here."),
        _("Without your name: we do not store who you are. You get a code to read the reply."),
        _("You can also write to {address}.", address=address) if address else "",
        _("Do you have a code already? Write it here, and you read the reply."),
    )
    return text, (
        (Button(label=_.label("With my name"), action="complain:named"),),
        (Button(label=_.label("Without my name"), action="complain:anonymous"),),
    )


def nobody(_: Words, *, address: str) -> str:
    """No contact person has opened the link yet."""
    return _paragraphs(
        _("📣 <b>Complain</b>"),
        _("In this chat nobody outside the team can receive a complaint at the moment."),
        _("Please write to {address}. The team does not read it.", address=address)
        if address
        else "",
    )


def ask_text(_: Words, way: str) -> tuple[str, Buttons]:
    """The next messages are the complaint."""
    text = _paragraphs(
        _("✍️ Write your complaint now: what happened, where and when?"),
        _("Do not write your name or your number if nobody may know who you are.")
        if way == domain.ANONYMOUS
        else "",
        _("It goes out only when you press Send."),
    )
    return text, ((Button(label=_.label("Cancel"), action="complaint_cancel:"),),)


def preview(_: Words, draft: Draft) -> tuple[str, Buttons]:
    """What would be sent, and the two ways on."""
    title = (
        _("📣 <b>Your complaint, without your name</b>")
        if draft.is_anonymous
        else _("📣 <b>Your complaint, with your name</b>")
    )
    text = "\n".join(
        [title, _quoted(domain.shortened(draft.text)), _("You can write more, or press Send.")]
    )
    return text, (
        (Button(label=_.label("📨 Send"), action=f"complaint_send:{draft.token}"),),
        (Button(label=_.label("Cancel"), action=f"complaint_cancel:{draft.token}"),),
    )


def only_text(_: Words) -> str:
    """A photo, a voice message or another file instead of words."""
    return _("Please write it: only text can be sent here, so that nothing shows who you are.")


def cancelled(_: Words) -> str:
    """The draft is thrown away."""
    return _("Nothing was sent. What you wrote here is deleted.")


def sent(_: Words, sent: Sent) -> tuple[str, Buttons]:
    """It is on its way; the code is shown here and never again."""
    if sent.code is None:
        return _paragraphs(
            _("✅ Sent. Your complaint has number #{number}.", number=sent.complaint.id),
            _("The contact person can answer you here."),
        ), ()
    spelled = domain.spelled(sent.code)
    command = f"/complaint {spelled}"
    text = _paragraphs(
        _("✅ Sent. The contact person gets it within an hour."),
        _lines(
            _("Your code: <b>{code}</b>", code=spelled),
            _("Keep it. Later, read the reply with: <code>{command}</code>", command=command),
        ),
        _lines(
            _("The reply is shown once and then erased. It waits for you for one year."),
            _("We did not store who you are: without the code nobody can find the reply."),
        ),
        _("Your words still stand in this chat. You can delete them on your phone."),
    )
    return text, ((Button(label=_.label("📋 Copy the code"), copy=command),),)


def read(_: Words, found: Read) -> str:
    """What a code brought."""
    match found.state:
        case "reply":
            return _paragraphs(
                _("📣 <b>The reply to your complaint</b>"),
                _quoted(found.reply),
                _("We have now erased this reply. The code is used up."),
                _("To write again: {command}", command="/complaint"),
            )
        case "waiting":
            return _("There is no reply yet. Your code stays good: please look again later.")
        case "spent":
            return _("This code is used up: its reply was shown once and then erased.")
        case "slowed":
            return _("Too many wrong codes. Please try again in an hour.")
        case _unknown:
            return _("I do not know this code. Please look again at how you wrote it down.")


def reply(_: Words, complaint: Complaint, text: str) -> tuple[str, Buttons]:
    """To who complained by name."""
    return _paragraphs(
        _(
            "📣 <b>The contact person answers your complaint #{number}</b>",
            number=complaint.id,
        ),
        _quoted(text),
    ), ((Button(label=_.label("✍️ Write again"), action="complain:named"),),)


def thing(_: Words, complaint: Complaint) -> tuple[str, Button | None]:
    """One line of "My things"."""
    number = complaint.id
    if complaint.answered_on is not None:
        return _("📣 Complaint #{number}: answered.", number=number), None
    return _("📣 Complaint #{number}: with the contact person.", number=number), None


# What the contact person reads.


def welcome(_: Words, *, organisation: str, waiting: int) -> str:
    """After opening the link."""
    return _paragraphs(
        _(
            "Welcome. From now on, complaints about {organisation} come to you here. The team"
            " cannot read them.",
            organisation=organisation,
        ),
        _("To answer, press Reply below the complaint, and write."),
        _.plural(
            "{n} complaint waits for your reply.", "{n} complaints wait for your reply.", waiting
        )
        if waiting
        else "",
    )


def brought(_: Words, complaint: Complaint, written_in: Words, name: str) -> tuple[str, Buttons]:
    """One complaint, with how its reply travels."""
    language = _.locale.languages.get(written_in.code) or written_in.english_name
    who = _.plain("without a name") if complaint.is_anonymous else name
    title = " · ".join([_.plain("Complaint #{number}", number=complaint.id), language, who])
    how = (
        _("The person reads your reply once, with a code.")
        if complaint.is_anonymous
        else _("{name} reads your reply in the chat.", name=bidi.isolate(name))
    )
    heading = f"📣 <b>{html.escape(bidi.strip_marks(title), quote=False)}</b>"
    answer = Button(label=_.label("✍️ Reply"), action=f"complaint_reply:{complaint.id}")
    return "\n".join([heading, _quoted(complaint.text), how]), ((answer,),)


def ask_reply(_: Words, complaint: Complaint) -> str:
    """The contact person's next message is the reply."""
    return _("✍️ Write your reply to complaint #{number} now.", number=complaint.id)


def which(
    _: Words, waiting: Sequence[Complaint], message_id: int, token: str
) -> tuple[str, Buttons]:
    """A contact person wrote without saying to whom."""
    text = _("Nobody has read this yet. Which complaint do you answer?")
    rows = [
        (Button(label=_named(one), action=f"complaint_to:{one.id}:{token}"),)
        for one in waiting[: domain.OFFERED]
    ]
    return text, (*rows, (_own(_, message_id, token),))


def _own(_: Words, message_id: int, token: str = "") -> Button:
    label = _.label("It is my own question")
    return Button(label=label, action=f"complaint_own:{message_id}:{token}")


def _named(complaint: Complaint) -> str:
    return bidi.strip_marks(f"#{complaint.id} · {domain.begun(complaint.text)}")


def which_of_no_text(_: Words, message_id: int) -> tuple[str, Buttons]:
    """The same, of a photo or a voice message, which no complaint is answered with."""
    text = _paragraphs(_("Nobody has read this yet."), only_text_back(_))
    return text, ((_own(_, message_id),),)


def own(_: Words) -> str:
    """It was none of the complaints."""
    return _("OK, this answers no complaint.")


def own_again(_: Words) -> str:
    """The same, of what was not kept."""
    return _("OK. Please send it again.")


def answered_by_another(_: Words, text: str) -> str:
    """The same, when another contact person was first."""
    return text + "\n\n" + _("✅ Another contact person has replied.")


def erased(_: Words, complaint: Complaint) -> str:
    """What stays of it in the contact person's chat."""
    return _("📣 Complaint #{number} is erased.", number=complaint.id)


def passed_on(_: Words, complaint: Complaint) -> str:
    """After a contact person's reply."""
    if complaint.is_anonymous:
        return _("✅ Kept until the person reads it with the code.")
    return _("✅ Passed on.")


def only_text_back(_: Words) -> str:
    """A photo or a voice message as a reply to a complaint."""
    return _("Only text can be passed on. Please write your reply.")


def not_delivered(_: Words, number: int) -> str:
    """Telegram could not bring a reply to who complained."""
    return _(
        "Your reply to complaint #{number} did not arrive: the person has closed this chat.",
        number=number,
    )


def reminder(_: Words, waiting: Sequence[Complaint]) -> str:
    """What has waited a week, or several."""
    numbers = formats.listing(_, [f"#{one.id}" for one in waiting])
    return _.plural(
        "⏳ {n} complaint still waits for a reply: {numbers}",
        "⏳ {n} complaints still wait for a reply: {numbers}",
        len(waiting),
        numbers=numbers,
    )


def _quoted(text: str) -> str:
    return f"<blockquote>{html.escape(bidi.contained(text), quote=False)}</blockquote>"


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
