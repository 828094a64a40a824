"""What the page says that confirms a letter: little, and no more than the letter itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain.letters import NAMES, Letter, Stage, short_name
from bot.volunteering.wording.pages import Other, frame, tag

DUTCH = "nl"  # as the letter itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The judgement in one language; lang, direction: as HTML names them."""

    lang: str
    direction: str
    title: str
    line: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is said, in Dutch first; tone: good, gone or unknown; others: languages to switch to."""

    lang: str
    direction: str
    title: str
    others: Sequence[Other]
    said: Sequence[Said]
    tone: str
    status: int = 200
    footer: Sequence[str] = ()


def page(
    catalogs: Catalogs, letter: Letter | None, visitor: Words | None, *, organisation: str
) -> Page:
    """Genuine, withdrawn, no longer kept, or not ours: in Dutch, which whoever received the letter
    reads here, and in the visitor's language below."""
    first = catalogs.words(DUTCH)
    voices = [first, *([visitor] if visitor is not None and visitor.code != first.code else [])]
    title, tone, _line, status = _judged(first, letter)
    framed = frame(first, catalogs)
    spoken = {one.code for one in voices}
    return Page(
        **{**framed, "others": [one for one in framed["others"] if one.code not in spoken]},
        title=title,
        said=[_said(one, letter, organisation) for one in voices],
        tone=tone,
        status=status,
    )


def _said(_: Words, letter: Letter | None, organisation: str) -> Said:
    title, _tone, line, _status = _judged(_, letter)
    return Said(
        lang=tag(_),
        direction="rtl" if _.is_rtl else "ltr",
        title=title,
        line=line,
        facts=_facts(_, letter, organisation) if letter is not None else (),
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
