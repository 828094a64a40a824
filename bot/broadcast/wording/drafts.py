"""What coordinators read while a message to many is written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.broadcast.domain import (
    APPROVAL_ABOVE,
    OPT_IN,
    Broadcast,
    Fate,
    Kind,
    Reach,
    fallbacks,
    read_in,
)
from bot.broadcast.wording import names
from bot.broadcast.wording.topics import NAMES
from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Catalogs, N_label, Words
from bot.volunteering.domain import Office

Screen = tuple[str, Buttons]

TITLE: Final = N_("📣 Message to many")
SHOW: Final = N_label("👀 Look at it")
KIND = N_("What kind of message is it?")
TOPIC = N_("What is it about? People choose for themselves which kinds they get.")
GROUPS = N_("Who shall get it? Tap everybody who is meant.")
LANGUAGES = N_("Only people who read certain languages? Tap them, or go on: then everybody.")
OFFICES = N_(
    "Only one region? Tap the offices, or go on: then everywhere. Of newcomers who are not"
    " volunteers we know no region: they do not get it then."
)
TOWNS = N_("Only certain towns? Write towns or postcodes with a comma between, or leave it out.")
UNTIL = N_(
    "Until which day is it useful? It is not sent any more after that. Leave it out: three days."
)
PICTURE = N_(
    "A photo above the text? Send it here, or leave it out. Everybody gets the same photo."
)
PICTURE_LABEL = N_("Photo")
KIND_LABEL, TOPIC_LABEL = N_("Kind"), N_("About")
GROUPS_LABEL, LANGUAGES_LABEL = N_("For"), N_("Languages")
OFFICES_LABEL, TOWNS_LABEL, UNTIL_LABEL = N_("Region"), N_("Towns"), N_("Useful until")


class Seen(NamedTuple):
    """What the screen of a message to many needs beside itself."""

    catalogs: Catalogs
    offices: Mapping[str, Office]
    staff_language: str
    names: Mapping[int, str]


def listed(_: Words, found: Sequence[Broadcast]) -> Screen:
    """All of them."""
    text = _("📣 <b>Messages to many</b>")
    if not found:
        text += "\n\n" + _("There is none yet.")
    rows = [
        (
            Button(
                f"{_.label(names.STAGES[one.stage])} · {_.label(NAMES[one.draft.topic])}"
                f" · {formats.day_of(one.created_at):%d/%m}",
                action=f"bc:{one.id}",
            ),
        )
        for one in found
    ]
    new = Button(_.label("➕ New message"), action="bcnew")
    back = Button(_.label("⬅️ Back"), action="vcdesk")
    return text, ((new,), *rows, (back,))


def write(language: str) -> Callable[[Words, Mapping[str, object]], str]:
    """The question for the text in one language; `language`: its own name."""

    def asked(_: Words, answers: Mapping[str, object]) -> str:
        text = _(
            "Write the text in this language: <b>{language}</b>. Bold and links stay; {place}"
            " becomes the first name of each reader. Leave it out: these people then read it in"
            " another language.",
            language=language,
            place="{name}",
        )
        if answers["kind"] == Kind.OWN:
            return text
        above = _("A greeting and the hours of each reader stand above it, in their language.")
        return f"{text}\n\n{above}"

    return asked


def draft(_: Words, one: Broadcast, reach: Reach, seen: Seen) -> Screen:
    """A draft: to whom, in which languages, and what can be done with it."""
    lines = [
        *_head(_, one, seen),
        "",
        _.plural("👥 {n} person can get it now.", "👥 {n} people can get it now.", reach.people),
        *([_("🚫 Blocked the bot: {n}", n=reach.blocked)] if reach.blocked else []),
        *(_line(_, one, code, n, seen) for code, n in reach.by_language.items()),
        "",
        *_notes(_, one, reach, seen),
    ]
    return "\n".join(lines).strip(), _draft_buttons(_, one, reach)


def asked(_: Words, one: Broadcast, reach: Reach, seen: Seen, *, is_author: bool) -> Screen:
    """It waits for a second colleague."""
    lines = [
        *_head(_, one, seen),
        "",
        _.plural("👥 {n} person can get it now.", "👥 {n} people can get it now.", reach.people),
        *(_line(_, one, code, n, seen) for code, n in reach.by_language.items()),
        "",
    ]
    if is_author:
        lines.append(_("Another coordinator has to say yes. They see it in the group."))
    else:
        lines.append(_("Look at every language before you say yes: it is sent as you see it."))
    decide = (
        (Button(_.label("✅ Yes, send it"), action=f"bcyes:{one.id}:{one.draft.sign}"),),
        (Button(_.label("❌ No, not like this"), action=f"bcno:{one.id}"),),
    )
    see = (Button(_.label("👀 See it as a reader"), action=f"bcsee:{one.id}"),)
    own = (
        (Button(_.label("✏️ Change"), action=f"bcedit:{one.id}"),),
        (Button(_.label("🗑 Throw away"), action=f"bcdrop:{one.id}"),),
    )
    return "\n".join(lines), (see, *(own if is_author else decide), _back(_))


def sure(_: Words, one: Broadcast) -> Screen:
    """Before a draft is thrown away."""
    return _("Throw this message away? Nothing is sent then."), (
        (Button(_.label("🗑 Yes, throw away"), action=f"bcdrop:{one.id}:yes"),),
        (Button(_.label("⬅️ Back"), action=f"bc:{one.id}"),),
    )


def languages(_: Words, one: Broadcast, seen: Seen) -> Screen:
    """In which language do you want to see it?"""
    rows = [
        (Button(seen.catalogs.words(code).name, action=f"bcsee:{one.id}:{code}"),)
        for code in seen.catalogs.codes
    ]
    text = _(
        "In which language do you want to see it? It comes as a reader gets it; if you gave no"
        " hours yourself, with an example."
    )
    return text, (*rows, (Button(_.label("⬅️ Back"), action=f"bc:{one.id}"),))


def colleagues(_: Words, one: Broadcast, them: Sequence[tuple[int, str]]) -> Screen:
    """To whom shall the test go?"""
    text = _("Who shall get a test? It comes in their own language and says that it is a test.")
    if not them:
        text = _("No other colleague has opened the bot in private yet.")
    rows = [(Button(name, action=f"bctest:{one.id}:{id_}"),) for id_, name in them]
    return text, (*rows, (Button(_.label("⬅️ Back"), action=f"bc:{one.id}"),))


def test(_: Words, author: str) -> str:
    """Above a test, to a colleague."""
    return _("🧪 This is a test of {name}. Only you got it.", name=author)


def tested(_: Words, name: str) -> str:
    """The test is on its way."""
    return _.plain("🧪 Sent to {name}.", name=name)


def refused(_: Words, name: str, why: str) -> str:
    """To the author: not like this."""
    return _("❌ {name} did not say yes to your message to many: {why}", name=name, why=why)


WHY = N_("Why not? Your colleague reads this.")
REFUSE_TITLE = N_("❌ Not like this")


def not_sent(_: Words) -> str:
    """After a no."""
    return _("It is not sent. Your colleague can change it and ask again.")


def _head(_: Words, one: Broadcast, seen: Seen) -> list[str]:
    lines = [
        _(
            "📣 <b>{kind}</b> · {stage}",
            kind=_.plain(names.KINDS[one.draft.kind]),
            stage=_.plain(names.STAGES[one.stage]),
        ),
        _("About: {topic}", topic=_.plain(NAMES[one.draft.topic])),
        _(
            "For: {people}",
            people=names.audience(_, one.draft.audience, seen.catalogs, seen.offices),
        ),
    ]
    if one.author is not None and one.author in seen.names:
        lines.append(_("Written by: {name}", name=seen.names[one.author]))
    if one.draft.picture:
        lines.append(_("🖼 With a photo above the text."))
    if one.draft.expires_at is not None:
        day = formats.date_words(_, formats.day_of(one.draft.expires_at))
        lines.append(_("Useful until: {day}", day=day))
    return lines


def _line(_: Words, one: Broadcast, code: str, n: int, seen: Seen) -> str:
    """How many read this language, and which text they get."""
    name = names.language(_, code, seen.catalogs)
    order = fallbacks(seen.staff_language)
    found = read_in(one.draft.texts, code, order=order)
    if found is None or found == code:
        return _("• {language}: {n}", language=name, n=n)
    other = names.language(_, found, seen.catalogs)
    return _("• {language}: {n} → they read it in {other}", language=name, n=n, other=other)


def _notes(_: Words, one: Broadcast, reach: Reach, seen: Seen) -> list[str]:
    lines = []
    if one.draft.topic in OPT_IN:
        lines.append(_("Only people who asked for this kind of message get it."))
    if one.draft.texts:
        order = formats.listing(
            _,
            [names.language(_, code, seen.catalogs) for code in fallbacks(seen.staff_language)],
        )
        lines.append(_("Without a text in their language people read, in this order: {order}.",
                       order=order))  # fmt: skip
    if reach.needs_approval:
        lines.append(_("More than {most} people: a second coordinator has to say yes.",
                       most=APPROVAL_ABOVE))  # fmt: skip
    return lines


def _draft_buttons(_: Words, one: Broadcast, reach: Reach) -> Buttons:
    if reach.needs_approval:
        go = Button(_.label("🙋 Ask for approval"), action=f"bcask:{one.id}")
    else:
        go = Button(_.label("📤 Send it now"), action=f"bcgo:{one.id}:{one.draft.sign}")
    return (
        (Button(_.label("👀 See it as a reader"), action=f"bcsee:{one.id}"),),
        (Button(_.label("🧪 Test to a colleague"), action=f"bctest:{one.id}"),),
        (Button(_.label("✏️ Change"), action=f"bcedit:{one.id}"),),
        *(((go,),) if reach.people else ()),
        (Button(_.label("🗑 Throw away"), action=f"bcdrop:{one.id}"),),
        _back(_),
    )


def _back(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action="bclist"),)


def counted(_: Words, counts: Mapping[Fate, int]) -> list[str]:
    """What became of the copies, a line for each."""
    return [
        _("• {fate}: {n}", fate=_.plain(name), n=counts[fate])
        for fate, name in names.FATES.items()
        if counts.get(fate)
    ]


def over(_: Words, one: Broadcast, seen: Seen) -> Screen:
    """It has gone out, or not."""
    counts = {Fate(fate): n for fate, n in one.counts.items()}
    lines = [*_head(_, one, seen), ""]
    lines.append(_.plural("It was for {n} person.", "It was for {n} people.", one.total))
    if one.approved_by is not None and one.approved_by in seen.names:
        lines.append(_("Approved by: {name}", name=seen.names[one.approved_by]))
    return "\n".join([*lines, *counted(_, counts)]), (_back(_),)
