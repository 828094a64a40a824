"""What stands on each paper: in Dutch, and below it in the person's own language."""

from datetime import date, datetime
from typing import Final

from bot.errors import N_
from bot.events.letter.sheet import Sheet
from bot.language import bidi, formats
from bot.language.catalog import Words
from bot.volunteering.domain.letters import NAMES, Facts, Letter, Paper, Work
from bot.volunteering.letter.head import Letterhead

_SIGNED, _TRANSLATED = 50.0, 66.0  # millimetres that stay on one page
_LABELS: Final = {
    "name": N_("Name"),
    "period": N_("Period"),
    "hours": N_("Hours"),
    "did": N_("Tasks"),
}


def drawn(
    letter: Letter,
    facts: Facts,
    head: Letterhead,
    voices: tuple[Words, Words],
    *,
    at: datetime,
    is_preview: bool = False,
) -> bytes:
    """The paper; see `bot.volunteering.letter.made`."""
    _, own = voices
    title = _.plain(NAMES[letter.paper])
    foot = "" if is_preview else letter.number
    sheet = Sheet(title=f"{title} {letter.number}", author=head.organisation, at=at, foot=foot)
    if is_preview:
        sheet.band(_.plain("Preview: not approved yet"))
    day = formats.day_of(at)
    where_and_when = ", ".join(filter(None, [head.place, _date(_, day)]))
    sheet.text(f"{head.organisation}\n{where_and_when}", is_grey=True, after=7)
    sheet.text(title, size=19, is_bold=True, after=4)
    _body(sheet, _, facts, _says(_, letter.paper, facts))
    _works(sheet, _, facts)
    _sign(sheet, _, letter.paper, facts, head)
    if not is_preview:
        _confirm(sheet, _, letter, head)
    if own.code != _.code:
        _translated(sheet, own, letter, facts, is_preview=is_preview)
    return sheet.done()


def _body(sheet: Sheet, _: Words, facts: Facts, says: str) -> None:
    sheet.text(says, after=4)
    sheet.pair(_.plain(_LABELS["name"]), facts.name, is_bold=True)
    sheet.pair(_.plain(_LABELS["period"]), _period(_, facts.since, facts.until))
    sheet.pair(_.plain(_LABELS["hours"]), hours(_, facts.minutes), is_bold=True)


def _says(_: Words, paper: Paper, facts: Facts) -> str:
    if paper is Paper.LETTER:
        return _.plain(
            "{name} volunteered with our partner organisations. They confirmed the hours below.",
            name=facts.name,
        )
    if paper is Paper.CERTIFICATE:
        said = _.plain(
            "{name} volunteered in places where Dutch is spoken and people meet."
            " The organisations confirmed the hours below.",
            name=facts.name,
        )
        return f"{said}\n{_.plain(_NOT_OFFICIAL)}"
    return _.plain(_NOT_THE_FORM)


def _says_below(_: Words, paper: Paper) -> str:
    """The same in the translation, without the name: a name of two words inside a line that runs
    from the right is copied out of a PDF in the wrong order. It stands on a line of its own."""
    if paper is Paper.LETTER:
        return _.plain(
            "The person who is named here volunteered with our partner organisations. They"
            " confirmed the hours below."
        )
    if paper is Paper.CERTIFICATE:
        said = _.plain(
            "The person who is named here volunteered in places where Dutch is spoken and people"
            " meet. The organisations confirmed the hours below."
        )
        return f"{said}\n{_.plain(_NOT_OFFICIAL)}"
    return _.plain(_NOT_THE_FORM)


_NOT_THE_FORM: Final = N_(
    "This is not the official form. Copy these data to the Agency's own proof of participation,"
    " or have this page signed and hand in both."
)
_NOT_OFFICIAL: Final = N_(
    "This is not the official certificate. The official one comes from the Agency for Integration"
    " and Civic Integration."
)


def _works(sheet: Sheet, _: Words, facts: Facts) -> None:
    for work in facts.works:
        sheet.pair(hours(_, work.minutes), f"{work.title}\n{_where(work)}")
    if facts.did:
        sheet.pair(_.plain(_LABELS["did"]), facts.did)
    if facts.praise:
        sheet.text("", after=0)
        sheet.text(facts.praise, after=3)


def _sign(sheet: Sheet, _: Words, paper: Paper, facts: Facts, head: Letterhead) -> None:
    sheet.text("", after=0)
    if paper is Paper.PROOF:
        for organisation in dict.fromkeys(work.organisation for work in facts.works):
            sheet.blank(_.plain("Signature of {organisation}", organisation=organisation))
        sheet.blank(_.plain("Signature of the participant"))
        sheet.text("", after=0)
    sheet.room(_SIGNED)
    sheet.text(_.plain("For {organisation}", organisation=head.organisation), after=0)
    sheet.text(facts.signed, is_bold=True, after=5)


def _confirm(sheet: Sheet, _: Words, letter: Letter, head: Letterhead) -> None:
    lines = [_.plain("Number {number}", number=letter.number)]
    if letter.replaces:
        lines.append(_.plain("It takes the place of number {number}.", number=letter.replaces))
    if head.address:
        lines.append(_.plain("Is this paper genuine? Scan the code, or open:"))
        lines.append(head.address)
    else:
        lines.append(
            _.plain(
                "Is this paper genuine? Ask {organisation}, and name this number.",
                organisation=head.organisation,
            )
        )
    sheet.code(head.address, lines)


def _translated(sheet: Sheet, _: Words, letter: Letter, facts: Facts, *, is_preview: bool) -> None:
    sheet.room(_TRANSLATED)
    sheet.rule()
    sheet.turn(_.profile.babel_locale.partition("_")[0], is_rtl=_.is_rtl)
    if is_preview:
        sheet.text(_.plain("Preview: not approved yet"), is_grey=True, after=1)
    sheet.text(_.plain(NAMES[letter.paper]), size=14, is_bold=True, after=2)
    _body(sheet, _, facts, _says_below(_, letter.paper))
    sheet.text("", after=0)
    sheet.text(
        _.plain(
            "Names, tasks and the coordinator's own words stand above, in Dutch."
            " This translation helps you to read the paper; the Dutch text counts.",
        ),
        is_grey=True,
        size=9.5,
    )


def hours(_: Words, minutes: int) -> str:
    """26.5 hours, with the number as the language writes it."""
    amount = round(minutes / 60, 1)
    said = formats.number(_, int(amount) if amount == int(amount) else amount)
    whole = int(amount) if amount == int(amount) else 2
    return bidi.strip_marks(_.plain_plural("{hours} hour", "{hours} hours", whole, hours=said))


def _period(_: Words, since: date, until: date) -> str:
    if since == until:
        return _date(_, since)
    return _.plain("{since} to {until}", since=_date(_, since), until=_date(_, until))


def _date(_: Words, day: date) -> str:
    """3 February 2026."""
    return f"{day.day}\u00a0{formats.month_name(_, day.month)}\u00a0{day.year}"


def _where(work: Work) -> str:
    return work.organisation if not work.town else f"{work.organisation}, {work.town}"
