"""Handing a question over, in the words of the staff group."""

import html

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.duty.wording import names as duty_names
from bot.handover.domain import Choice, Choices, HandedOver, Receiver
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words

ON_DUTY, SPEAKS, OTHERS = "🟢", "🗣", "👤"


def menu(_: Words, found: Choices, catalogs: Catalogs) -> tuple[str, Buttons]:
    """Who takes it over?"""
    case = found.case
    asked_in = formats.language_name(_, catalogs.words(case.language))
    lines = [_("🤝 <b>Who takes over #{number}?</b>", number=case.number)]
    if any(one.is_on_duty for one in found.colleagues):
        lines.append(_("🟢 on duty now"))
    if any(one.speaks for one in found.colleagues):
        lines.append(_("🗣 speaks {language}", language=asked_in))
    anybody = Receiver(language=case.language)
    rows = [
        *(
            (_pick(_mark(one), found, Receiver(person_id=one.person.id)),)
            for one in found.colleagues
        ),
        (_pick(_.label("👥 Anybody who speaks {language}", language=asked_in), found, anybody),),
        (Button(label=_.label("🌐 Another language"), action=f"hand_languages:{case.id}"),),
        *(
            (_pick(f"🏛 {duty_names.desk(_, one)}", found, Receiver(desk=one)),)
            for one in found.desks
        ),
        (Button(label=_.label("Cancel"), action=f"hand_cancel:{case.id}"),),
    ]
    return "\n".join(lines), tuple(rows)


def _desk(_: Words, name: str) -> str:
    return f"🏛 {duty_names.desk(_, name)}"


def _mark(one: Choice) -> str:
    mark = ON_DUTY if one.is_on_duty else SPEAKS if one.speaks else OTHERS
    return f"{mark} {bidi.contained(one.person.first_name)}"


def _pick(label: str, found: Choices, to: Receiver) -> Button:
    return Button(label=label, action=f"hand_pick:{found.case.id}:{to.token}")


def languages(_: Words, found: Choices, catalogs: Catalogs) -> tuple[str, Buttons]:
    """Whose inbox is it for?"""
    rows = [
        (_pick(formats.language_name(_, catalogs.words(code)), found, Receiver(language=code)),)
        for code in found.languages
    ]
    text = _("🌐 <b>In which language does #{number} go on?</b>", number=found.case.number)
    return text, (*rows, (_back(_, found.case.id),))


def _back(_: Words, case_id: int) -> Button:
    return Button(label=_.label("⬅️ Back"), action=f"hand_list:{case_id}")


def picked(_: Words, picked: HandedOver, catalogs: Catalogs) -> tuple[str, Buttons]:
    """With a note, or without?"""
    case, to = picked.case, picked.to
    about = f"{case.id}:{to.token}"
    text = "\n".join(
        [
            _(
                "🤝 #{number} → {receiver}",
                number=case.number,
                receiver=_named(_, picked, catalogs),
            ),
            _("Do you want to add a note? Only colleagues read it."),
        ]
    )
    return text, (
        (Button(label=_.label("Without a note"), action=f"hand_do:{about}"),),
        (Button(label=_.label("✍️ With a note"), action=f"hand_note:{about}"),),
        (_back(_, case.id),),
    )


def note_wanted(_: Words, number: int | None) -> str:
    """The colleague replies to it."""
    return _("✍️ Reply to this message with the note for #{number}.", number=number)


def handed_over(_: Words, by: str, done: HandedOver, catalogs: Catalogs) -> str:
    """In the topic: where it is from now on."""
    receiver = _named(_, done, catalogs)
    line = _("🤝 {name} has handed this question over → {receiver}", name=by, receiver=receiver)
    if not done.case.note:
        return line
    note = Markup(html.escape(bidi.contained(done.case.note), quote=False))  # noqa: S704
    return line + "\n" + _("📝 Note: {note}", note=note)


def _named(_: Words, done: HandedOver, catalogs: Catalogs) -> str:
    if done.to.person_id is not None:
        return done.name
    if done.to.desk is not None:
        return duty_names.desk(_, done.to.desk)
    spoken = formats.language_name(_, catalogs.words(done.to.language))
    return _.plain("whoever speaks {language}", language=spoken)
