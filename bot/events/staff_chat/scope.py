"""Only this event, or also those that follow it in its series; and how many people hear of it."""

from typing import Any

from bot.dialog import forms
from bot.dialog.forms import Answers, Pairs, Step
from bot.dialog.speaking import voice
from bot.events.domain import Event
from bot.events.service import organising
from bot.events.wording import planning as wording
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

_ONE, _ALL = "one", "all"


async def known(tx: Tx, event: Event) -> dict[str, Any]:
    """What the dialog has to know of the series and of who registered."""
    seen = await organising.look(tx, event)
    return {
        "following": seen.following,
        "told_one": await organising.concerned(tx, event, with_following=False),
        "told_all": await organising.concerned(tx, event, with_following=True),
    }


def step() -> Step:
    """Asked of a series only."""
    return forms.choice(
        "scope",
        wording.SCOPE,
        _pairs,
        label=wording.L_SCOPE,
        when=lambda answers: bool(answers["following"]),
    )


def is_all(answers: Answers) -> bool:
    """Also those that follow?"""
    return bool(answers["scope"] == _ALL)


def told(_: Words, answers: Answers) -> str:
    """Below the summary: how many people hear of it."""
    return wording.told(_, int(answers["told_all" if is_all(answers) else "told_one"] or 0))


async def _pairs(tx: Tx, person: Person, answers: Answers) -> Pairs:
    _ = voice().words
    return (_ONE, _.label(wording.ONE)), (_ALL, wording.following(_, answers["following"]))
