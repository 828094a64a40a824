"""Two files that may be of one person: side by side, and what came of putting them together."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.merging import LINK, NAME, PHONE, Done, Double, Side
from bot.volunteering.wording import lengths
from bot.volunteering.wording.guiding import state_name

Screen = tuple[str, Buttons]

_WHY: Final = {
    NAME: N_("The same first name, in the same town."),
    PHONE: N_("The same first name and the same phone number."),
    LINK: N_("Somebody who has a file opened the link of the other file."),
}


def button(_: Words, count: int) -> Button:
    """On the worklist."""
    return Button(_.label("👥 Perhaps one person ({n})", n=count), action="vcdoubles")


def listed(_: Words, found: Sequence[tuple[int, str]]) -> Screen:
    """Each pair is a button."""
    text = _("👥 <b>Two files, perhaps of one person</b>")
    if not found:
        text += "\n\n" + _("Nobody is on this list.")
    rows = tuple((Button(name[:60], action=f"vcdouble:{number}"),) for number, name in found)
    return text, (*rows, (Button(_.label("⬅️ Worklist"), action="vcwork"),))


def double(_: Words, found: Double, offices: Mapping[str, str]) -> Screen:
    """Both files, and what would stay of them."""
    one, other = (_side(_, side, offices) for side in (found.keep, found.gone))
    parts = [
        _("👥 <b>Is this one person?</b>"),
        _(_WHY.get(found.reason, _WHY[NAME])),
        _("<b>File 1, it stays</b>") + "\n" + one,
        _("<b>File 2, it goes into file 1</b>") + "\n" + other,
        _(
            "Nothing is lost: shifts, hours, letters, notes and consents come together. Where"
            " something is there twice, what was decided further stays. This cannot be undone."
        ),
    ]
    return "\n\n".join(parts), (
        (Button(_.label("✅ One person: put together"), action=f"vcmerge:{found.id}"),),
        (Button(_.label("✖️ Two different people"), action=f"vcpart:{found.id}"),),
        (Button(_.label("⬅️ Back"), action="vcdoubles"),),
    )


def done(_: Words, found: Done) -> Screen:
    """What was there twice, and what a person must decide."""
    lines = [_("✅ The two files are one now.")]
    lines.append(_("Now: {state}", state=_.plain(state_name(found.state))))
    if found.twice:
        told = formats.listing(_, [_title(_, one) for one in found.twice])
        lines.append(_("There twice, and now once: {shifts}", shifts=told))
    if found.hours:
        lines.append(
            _.plural(
                "{n} line of hours was there twice.",
                "{n} lines of hours were there twice.",
                found.hours,
            )
        )
    if found.had_two_trajectories:
        lines.append(_("Of two 40-hour trajectories the one that is further stays."))
    lines += [
        _("⚠️ At the same time: {one} and {other}. Please call.", one=one, other=other)
        for one, other in ((_title(_, title) for title in pair) for pair in found.at_once)
    ]
    return "\n".join(lines), (
        (Button(_.label("👤 The file"), action=f"vcvol:{found.volunteer}"),),
        (Button(_.label("⬅️ Worklist"), action="vcwork"),),
    )


def told(_: Words) -> Screen:
    """To the person: there were two files."""
    text = _(
        "🤝 You had two volunteer files with us. Your coordinator has put them together: your"
        " shifts and hours all stand in one now."
    )
    return text, ((Button(_.label("🤝 Volunteer"), action="vhome"),),)


def waits(_: Words) -> Screen:
    """To whoever has a file and opens the link of another one."""
    text = _(
        "✅ Thank you. You have a volunteer file already. Your coordinator puts both together and"
        " tells you here."
    )
    return text, ((Button(_.label("🤝 Volunteer"), action="vhome"),),)


def _side(_: Words, side: Side, offices: Mapping[str, str]) -> str:
    where = ", ".join(dict.fromkeys(filter(None, (side.town, offices.get(side.office)))))
    way = _.plain("has Telegram") if side.has_telegram else _.plain("no Telegram")
    done = _.plural("{n} shift done", "{n} shifts done", side.shifts)
    lines = [
        _("👤 {name} · {way}", name=side.name, way=way),
        _("📍 {place}", place=where) if where else "",
        _("📞 {phone}", phone=side.phone) if side.phone else "",
        _("Now: {state}", state=_.plain(state_name(side.state))),
        _("Signed up: {day}", day=formats.date_words(_, side.enrolled_at)),
        _("🗓 {shifts}, {hours}", shifts=done, hours=lengths.hours(_, side.minutes)),
        _("📄 Letters: {n}", n=side.letters) if side.letters else "",
        _("📝 Notes: {n}", n=side.notes) if side.notes else "",
        _("🎯 Has a 40-hour trajectory") if side.status is not None else "",
    ]
    return "\n".join(line for line in lines if line)


def _title(_: Words, titles: Mapping[str, str]) -> str:
    return titles.get(_.code) or titles.get("en") or next(iter(titles.values()), "–")
