"""The menu that tags a question, in the words of the staff group."""

from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.handover.domain import SKILLS, Case, is_for_the_trained
from bot.language.catalog import Words
from bot.people.wording.team import skill

_A_ROW = 2


def menu(
    _: Words, case: Case, categories: Sequence[tuple[str, str]], further: Buttons = ()
) -> tuple[str, Buttons]:
    """Category, urgency, and needs where these may change. `categories` are (id, title); `further`
    rows of other features."""
    rule = _("“Needs” says who may claim it: only colleagues who were trained for that.")
    lines = needs_line(_, case) if is_for_the_trained(case) else [rule]
    text = "\n".join([_("🏷 <b>What is #{number} about?</b>", number=case.number), *lines])
    chosen = [
        Button(label=_ticked(title, case.category == id_), action=f"tag_category:{case.id}:{id_}")
        for id_, title in categories
    ]
    rows = [tuple(chosen[at : at + _A_ROW]) for at in range(0, len(chosen), _A_ROW)]
    needs = (
        ()
        if is_for_the_trained(case)
        else tuple(
            Button(
                label=_ticked(skill(_, name), case.needs == name),
                action=f"tag_needs:{case.id}:{name}",
            )
            for name in SKILLS
        )
    )
    urgency = Button(
        label=_ticked(_.label("🔴 Urgent"), case.is_urgent),
        action=f"tag_urgent:{case.id}:{int(not case.is_urgent)}",
    )
    done = Button(label=_.label("Done"), action=f"tag_done:{case.id}")
    return text, (*rows, (urgency,), *((needs,) if needs else ()), *further, (done,))


def _ticked(label: str, is_chosen: bool) -> str:
    return f"☑️ {label}" if is_chosen else label


def needs_line(_: Words, case: Case) -> list[str]:
    """On the card and the header: who may claim it."""
    if case.needs is None:
        return []
    return [_("🎓 Needs: {skill}", skill=skill(_, case.needs))]


def needs_toast(_: Words, case: Case) -> str:
    """Somebody has set what it needs."""
    if case.needs is None:
        return _.plain("Anybody may claim #{number}.", number=case.number)
    return _.plain("#{number} needs: {skill}", number=case.number, skill=skill(_, case.needs))
