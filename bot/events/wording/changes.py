"""Something changed, or it is off."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.delivery.messages import Outgoing
from bot.events.domain import Event, Place, Registration
from bot.events.wording import names, screens, team_news
from bot.language import formats
from bot.language.catalog import Words


def changed(
    _: Words,
    event: Event,
    before: Mapping[str, str],
    *,
    place: Registration,
    others: Sequence[Event],
) -> Outgoing:
    """What is new, what it was before; and whether they can still come."""
    parts = [
        _("✏️ <b>Something has changed.</b> This is how it is now:"),
        screens.card(_, event, with_link=place.state is Place.PLACED),
        "\n".join([_("Before it was:"), *_before(_, event, before, place)]),
    ]
    if place.own_start is not None:
        parts.append(team_news.own_start(_, place.own_start))
    if others:
        titles = formats.listing(_, [screens.title(_, other) for other in others])
        parts.append(
            _("⚠️ At that time you also have: {titles}. Please give one back.", titles=titles)
        )
    if place.state is not Place.PLACED:
        return Outgoing(text="\n\n".join(parts))
    parts.append(_("Can you come?"))
    buttons = (*screens.come_or_not(_, event), *screens.on_the_way(_, event))
    return Outgoing(text="\n\n".join(parts), buttons=buttons)


def cancelled(_: Words, event: Event, *, had_place: bool) -> Outgoing:
    """It is off."""
    parts = [
        _("❌ <b>This does not take place:</b>"),
        screens.card(_, event, with_contact=False),
    ]
    if why := names.because(_, event):
        parts.append(why)
    if had_place:
        parts.append(_("We are sorry. You do not have to come."))
    return Outgoing(text="\n\n".join(parts))


def _before(_: Words, event: Event, before: Mapping[str, str], place: Registration) -> list[str]:
    """What it was; a link is for who has a place only."""
    draft, lines = event.draft, []
    starts, ends = (datetime.fromisoformat(before[name]) for name in ("starts_at", "ends_at"))
    if (starts, ends) != (event.starts_at, event.ends_at):
        lines.append(screens.when(_, starts, ends))
    if (before["place"], before["town"]) != (draft.place, draft.town):
        lines.append(screens.where(_, before["place"], before["town"]))
    if before["contact"] != draft.contact:
        lines.append(_("👤 {contact}", contact=before["contact"] or "—"))
    link = before.get("online_link", draft.online_link)
    if link != draft.online_link and place.state is Place.PLACED:
        lines.append(f"💻 {names.shown(link) if link else '—'}")
    return [line for line in lines if line]
