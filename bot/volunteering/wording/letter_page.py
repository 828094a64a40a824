"""What the page says that confirms a letter: little, and no more than the letter itself."""

from dataclasses import dataclass

from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain.letters import NAMES, Letter, Stage, short_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """lang, direction: as HTML names them; tone: good, gone or unknown; others: code and name."""

    lang: str
    direction: str
    title: str
    tone: str
    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    status: int = 200


def page(_: Words, catalogs: Catalogs, letter: Letter | None, *, organisation: str) -> Page:
    """Genuine, withdrawn, no longer kept, or not ours."""
    title, tone, line, status = _judged(_, letter)
    return Page(
        lang=_.code.replace("_", "-"),
        direction="rtl" if _.is_rtl else "ltr",
        title=title,
        tone=tone,
        lines=(line,),
        facts=_facts(_, letter, organisation) if letter is not None else (),
        others=tuple((one.code, one.name) for one in catalogs if one.code != _.code),
        status=status,
    )


def _judged(_: Words, letter: Letter | None) -> tuple[str, str, str, int]:
    if letter is None:
        why = _.plain(
            "Check the address letter by letter. If it is right, we did not write this letter."
        )
        return _.plain("We do not know this letter"), "unknown", why, 404
    if letter.stage is Stage.WITHDRAWN:
        why = _.plain("We wrote this letter, and withdrew it later.")
        if letter.replaced_by:
            why = _.plain(
                "We corrected this letter. The one that counts has the number {number}.",
                number=letter.replaced_by,
            )
        return _.plain("This letter does not count any more"), "gone", why, 410
    if letter.facts is None:
        why = _.plain(
            "We wrote a letter with this number. Its data were erased, so we cannot say more."
        )
        return _.plain("We do not keep this letter any more"), "gone", why, 410
    why = _.plain("Compare these data with the paper that you hold.")
    return _.plain("This letter is genuine"), "good", why, 200


def _facts(_: Words, letter: Letter, organisation: str) -> tuple[tuple[str, str], ...]:
    found = [(_.plain("Number"), bidi.isolate_ltr(letter.number))]
    if letter.stage is not Stage.APPROVED or letter.facts is None or letter.approved_at is None:
        return tuple(found)
    facts = letter.facts
    approved = formats.date_words(_, formats.day_of(letter.approved_at))
    return (
        *found,
        (_.plain("Kind"), _.plain(NAMES[letter.paper])),
        (_.plain("Date"), approved),
        (_.plain("Name"), short_name(facts.name)),
        (_.plain("Hours"), formats.number(_, round(facts.minutes / 60, 1))),
        (_.plain("Written by"), organisation),
    )
