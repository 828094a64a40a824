"""Urgent help: numbers first, then everything else."""

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.messages import Button
from bot.infodesk.domain import EMERGENCY_NUMBER, Answer
from bot.infodesk.wording import answers, menus
from bot.infodesk.wording.screens import Screen, Voice, ask_button, menu_button, paragraphs, rows
from bot.language.catalog import Words


def numbers(_: Words, groups: Sequence[tuple[Answer, Voice, Sequence[str]]]) -> Screen:
    """The screen behind "Urgent help": whom to call for what."""
    text = paragraphs(
        _("🆘 <b>Urgent help: call now</b>"),
        *(_group(answer, voice, called) for answer, voice, called in groups if called),
        _("The bot cannot call for you. People do not read this chat day and night."),
    )
    titles = menus.topic_rows([(answer, voice) for answer, voice, called in groups])
    return Screen(text, (*titles, *rows(ask_button(_), menu_button(_))), is_quiet=True)


def danger(
    voice: Voice, meant: Answer | None, *, is_read_now: bool, is_asking: bool = True
) -> Screen:
    """What somebody hears first whose words sound like danger.

    `is_asking` False: they are with a colleague already, and need no way to one.
    """
    _ = voice.words
    block = answers.danger(voice, _with_emergency_number(meant)) if meant else None
    text = paragraphs(
        block or "\n".join([_("🆘 <b>In danger now? Call:</b>"), voice.number(EMERGENCY_NUMBER)]),
        _("You can also ask a colleague. The question is marked as urgent.")
        if is_read_now
        else _("No person of the info desk reads this now. Do not wait for us: call."),
    )
    titles = menus.topic_rows([(meant, voice)]) if meant else ()
    ways = (
        (ask_button(_, meant.slug if meant else ""),),
        (Button(_.label("🙂 It is not urgent"), action="not_urgent"),),
    )
    return Screen(text, (*titles, *(ways if is_asking else ())), is_quiet=True)


def _with_emergency_number(answer: Answer) -> Answer:
    """A topic has numbers for its usual case; a missing child needs more than a guardian."""
    block = answer.danger
    if block is None or EMERGENCY_NUMBER in block.numbers:
        return answer
    return replace(answer, danger=replace(block, numbers=(*block.numbers, EMERGENCY_NUMBER)))


def _group(answer: Answer, voice: Voice, called: Sequence[str]) -> str:
    return "\n".join([f"<b>{voice.line(answer.title)}</b>", *map(voice.number, called)])
