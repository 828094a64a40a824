"""Wires the slices about events and volunteers: what each is given, and what it gives."""

from collections.abc import Callable
from typing import NamedTuple

from bot.app.groups import StaffGroups
from bot.app.organisation import Organisation
from bot.app.share import Share
from bot.delivery.messages import Keyboard
from bot.dialog import routes
from bot.events import privacy as events_privacy
from bot.infodesk.desk import InfoDesk
from bot.language.catalog import Words
from bot.volunteering import chat, privacy, staff_chat
from bot.volunteering.desk import VolunteeringDesk


class WebPages(NamedTuple):
    """Where browsers reach our pages ("": nowhere), what signs their links, and the bot's own
    name in Telegram, for links that lead back to it."""

    url: str = ""
    key: bytes = b""
    bot_name: Callable[[], str] = lambda: ""


NO_PAGES = WebPages()


def shares(
    organisation: Organisation,
    groups: StaffGroups,
    info: InfoDesk,
    pages: WebPages,
    *,
    keyboard: Callable[[Words], Keyboard | None],
) -> tuple[Share, ...]:
    """Events and volunteering."""
    desk = VolunteeringDesk(
        catalogs=info.catalogs,
        organisation=organisation.name,
        staff_language=organisation.staff_language,
        towns=info.towns,
        offices={one.key: one for one in organisation.offices},
        projects={one.key: one for one in organisation.projects},
        staff_groups=groups,
        public_url=pages.url,
        signing_key=pages.key,
        bot_name=pages.bot_name,
        keyboard=keyboard,
    )
    return _events(), _volunteering(desk)


def _events() -> Share:
    return Share(
        section="events",
        export_person=events_privacy.export_person,
        forget_person=events_privacy.forget_person,
        routes=routes.Routes(),
    )


def _volunteering(desk: VolunteeringDesk) -> Share:
    return Share(
        section="volunteering",
        export_person=privacy.export_person,
        forget_person=privacy.forget_person,
        routes=routes.combine(chat.combined(desk), staff_chat.combined(desk)),
    )
