"""What is asked of a volunteer and of somebody who would like a buddy, and what comes of it. Only
first names, until both have said yes."""

from datetime import datetime

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.placing import Placement, Side
from bot.volunteering.wording import lasting

Screen = tuple[str, Buttons]

# Dialogs.
REACH_TITLE = N_("📇 How you can be reached")
REACH = N_(
    "How may the other reach you? Write a telephone number, or what you like. I pass it on only"
    " when both of you have done this; then I forget it."
)
REACH_FOR = N_("Which number may the other have? Ask first: it is passed on when both agree.")
MEET_TITLE = N_("📅 First meeting")
MEET_WHEN = N_("When do they meet? Write the day and the time.")
MEET_WHERE = N_("Where? Better a public place.")


def asks(_: Words, found: Placement, side: Side) -> Screen:
    """Would you like this?"""
    title, organisation = found.title(_.code), found.organisation
    if not found.has_two_sides:
        text = _(
            "🙋 Your coordinator thinks that this fits you: <b>{title}</b>, {organisation}."
            "\n\nWould you like to do this regularly?",
            title=title,
            organisation=organisation,
        )
    elif side is Side.VOLUNTEER:
        text = _(
            "🤝 Your coordinator thinks that you and {name} fit well: <b>{title}</b>,"
            " {organisation}.\n\nWould you like to meet {name}? {name} is asked too. You only know"
            " each other’s first names now.",
            name=found.partner_name,
            title=title,
            organisation=organisation,
        )
    else:
        text = _(
            "🤝 We may have found somebody for you: {name} ({title}, {organisation}).\n\nWould you"
            " like to meet {name}? {name} is asked too. You only know each other’s first names"
            " now.",
            name=found.name,
            title=title,
            organisation=organisation,
        )
    return text, lasting.yes_or_no(_, found.id)


def said(_: Words, found: Placement, side: Side, *, is_yes: bool) -> Screen:
    """What comes of an answer, to who gave it."""
    if not is_yes:
        text = _("All right. Thank you for telling us. Nobody hears a reason.")
    elif not found.has_two_sides:
        text = _("✅ Thank you! Your coordinator tells you when you begin.")
    elif found.said_at(Side.VOLUNTEER) is None or found.said_at(Side.PARTNER) is None:
        text = _("✅ Thank you! Now we wait for the other person.")
    else:
        return both(_, found, side)
    return text, lasting.places(_)


def both(_: Words, found: Placement, side: Side) -> Screen:
    """Both said yes."""
    text = _(
        "🎉 You and {name} both said yes! Your coordinator arranges the first time that you meet."
        "\n\nIf you like, say how {name} may reach you. It is passed on only when both of you do"
        " so.",
        name=found.other_name(side),
    )
    reach = Button(_.label("📇 How to reach me"), action=f"vplreach:{found.id}")
    return text, ((reach,), *lasting.places(_))


def shared(_: Words, *, is_passed_on: bool) -> Screen:
    """What happens with it."""
    if is_passed_on:
        text = _("✅ Both of you have said it: I sent it to you both.")
    else:
        text = _("✅ Thank you. I pass it on when the other has said it too.")
    return text, lasting.places(_)


def meets(_: Words, name: str, at: datetime, place: str, by: str) -> Screen:
    """The first time."""
    text = _(
        "📅 You meet {name} for the first time: {moment}.\n📍 {place}\n\n{by} has arranged it. If"
        " you cannot come, tell us here.",
        name=name,
        moment=formats.day_and_time(_, at),
        place=place,
        by=by,
    )
    return text, ((Button(_.label("💬 Ask a colleague"), action="ask"),), *lasting.places(_))


def reach(_: Words, name: str, reach: str) -> Screen:
    """Both agreed to it."""
    return _("📇 {name} can be reached so: {reach}", name=name, reach=reach), lasting.places(_)


def reach_to_tell(_: Words, to: str, name: str, reach: str) -> Screen:
    """To the coordinator, where one side has no Telegram."""
    text = _(
        "📇 Please tell {to}: {name} can be reached so: {reach}", to=to, name=name, reach=reach
    )
    return text, ()


def not_this_time(_: Words, found: Placement) -> Screen:
    """To the other side: whose word it was is not said."""
    text = _(
        "About {title}: it does not come about this time. Your coordinator looks further with you.",
        title=found.title(_.code),
    )
    return text, lasting.places(_)


def agreed(_: Words, found: Placement) -> Screen:
    """To the coordinators: everybody who was asked said yes."""
    if found.has_two_sides:
        text = _(
            "🎉 {one} and {other} both said yes ({title}). Please arrange the first time that they"
            " meet.",
            one=found.name,
            other=found.partner_name,
            title=found.title(_.code),
        )
    else:
        text = _(
            "✅ {name} would like {title}. Please say when it begins.",
            name=found.name,
            title=found.title(_.code),
        )
    return text, _look(_, found)


def said_no(_: Words, found: Placement, side: Side) -> Screen:
    """To the coordinators: one of them said no."""
    name = found.name if side is Side.VOLUNTEER else found.partner_name
    text = _("✖️ {name} said no to {title}.", name=name, title=found.title(_.code))
    return text, _look(_, found)


def _look(_: Words, found: Placement) -> Buttons:
    return ((Button(_.label("👁 Look"), action=f"vcpl:{found.id}"),),)
