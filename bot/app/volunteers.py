"""Wires the slices about events and volunteers: what each is given, and what it gives."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from bot import clock
from bot.app import reporting
from bot.app.groups import StaffGroups
from bot.app.organisation import Organisation
from bot.app.share import Share
from bot.broadcast import chat as broadcast_chat
from bot.broadcast import jobs as broadcast_jobs
from bot.broadcast import privacy as broadcast_privacy
from bot.broadcast import staff_chat as broadcast_staff_chat
from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.wording import topics as broadcast_topics
from bot.dialog import routes
from bot.events import chat as events_chat
from bot.events import jobs as events_jobs
from bot.events import privacy as events_privacy
from bot.events import staff_chat as events_staff_chat
from bot.events.desk import EventsDesk
from bot.handover import chat as handover_chat
from bot.handover.desk import HandoverDesk
from bot.infodesk import chat as infodesk_chat
from bot.infodesk.desk import InfoDesk
from bot.infodesk.directory.towns import kilometres
from bot.reports import chat as reports_chat
from bot.reports.desk import ReportsDesk
from bot.volunteering import chat, jobs, privacy, staff_chat, web
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.matching import Index
from bot.volunteering.service import guests, offices, whereabouts
from bot.volunteering.wording import home, organisations


class WebPages(NamedTuple):
    """Where browsers reach our pages ("": nowhere), what signs their links, and the bot's own
    name in Telegram, for links that lead back to it."""

    url: str = ""
    key: bytes = b""
    bot_name: Callable[[], str] = lambda: ""


NO_PAGES = WebPages()

# Listed behind "/": for everybody, and in the staff groups.
COMMANDS = (*home.COMMANDS, *broadcast_topics.COMMANDS)
STAFF_COMMANDS = organisations.COMMANDS

# Whose phone rings first for a volunteer's question.
first_of = offices.on_duty


def shares(
    organisation: Organisation,
    groups: StaffGroups,
    info: InfoDesk,
    queue: HandoverDesk,
    pages: WebPages,
    *,
    index: Index,
) -> tuple[Share, ...]:
    """Events, volunteering, and messages to many."""
    desk = VolunteeringDesk(
        catalogs=info.catalogs,
        organisation=organisation.name,
        staff_language=organisation.staff_language,
        towns=info.towns,
        offices={one.key: one for one in organisation.offices},
        projects={one.key: one for one in organisation.projects},
        survey_months=organisation.survey_months,
        staff_groups=groups,
        public_url=pages.url,
        signing_key=pages.key,
        bot_name=pages.bot_name,
        keyboard=info.keyboard,
        ask=partial(handover_chat.begin_to_coordinators, queue),
        has_topic=lambda slug, language: info.library.answer(slug, language) is not None,
        reviewed=partial(infodesk_chat.show_reviewed, info),
        index=index,
        checklist=info.checklist,
    )
    reports = reporting.desk(organisation, info.catalogs)
    return (
        _events(_events_desk(desk, info)),
        _volunteering(desk, reports),
        _broadcast(_broadcast_desk(desk)),
    )


def _events_desk(desk: VolunteeringDesk, info: InfoDesk) -> EventsDesk:
    return EventsDesk(
        catalogs=desk.catalogs,
        organisation=desk.organisation,
        staff_language=desk.staff_language,
        nobody_waits=jobs.nobody_waits(desk),
        evening=jobs.evenings(desk),
        calls=jobs.calls(desk),
        placed=jobs.placed(desk),
        guest=guests.guest,
        require_office=offices.require_office,
        not_theirs=offices.others,
        town_of=partial(whereabouts.town_of, desk),
        kilometres=kilometres,
        offices={key: office.name for key, office in desk.offices.items()},
        staff_groups=desk.staff_groups,
        bot_name=desk.bot_name,
        keyboard=desk.keyboard,
        alarm=partial(infodesk_chat.alarm, info),
    )


def _events(desk: EventsDesk) -> Share:
    return Share(
        section="events",
        export_person=events_privacy.export_person,
        forget_person=events_privacy.forget_person,
        routes=routes.combine(events_chat.combined(desk), events_staff_chat.combined(desk)),
        my_things=events_chat.my_things(desk),
        receipts=events_jobs.receipts(),
        due_kinds=events_jobs.due_kinds(desk),
        nightly=events_jobs.nightly(),
        readers=events_jobs.readers(desk),
        makers={**events_chat.makers(desk), **events_staff_chat.makers(desk)},
    )


def _volunteering(desk: VolunteeringDesk, reports: ReportsDesk) -> Share:
    return Share(
        section="volunteering",
        export_person=privacy.export_person,
        forget_person=partial(privacy.forget_person, office_towns=reports.office_towns),
        routes=routes.combine(
            chat.combined(desk), staff_chat.combined(desk), reports_chat.routes(reports)
        ),
        makers={
            **chat.makers(desk),
            **staff_chat.makers(desk),
            **reports_chat.makers(reports),
        },
        pages=(partial(web.pages, desk, clock.now),),
        my_things=(*chat.my_things(desk), *staff_chat.my_things(desk)),
        due_kinds=jobs.due_kinds(desk),
        nightly=jobs.nightly(desk, reports.office_towns),
    )


def _broadcast_desk(desk: VolunteeringDesk) -> BroadcastDesk:
    return BroadcastDesk(
        catalogs=desk.catalogs,
        organisation=desk.organisation,
        staff_language=desk.staff_language,
        town_of=partial(whereabouts.town_of, desk),
        offices=desk.offices,
        staff_groups=desk.staff_groups,
    )


def _broadcast(desk: BroadcastDesk) -> Share:
    return Share(
        section="messages to many",
        export_person=broadcast_privacy.export_person,
        forget_person=broadcast_privacy.forget_person,
        routes=routes.combine(broadcast_chat.combined(desk), broadcast_staff_chat.combined(desk)),
        my_things=broadcast_chat.my_things(desk),
        receipts=broadcast_jobs.receipts(),
        due_kinds=broadcast_jobs.due_kinds(desk),
        nightly=broadcast_jobs.nightly(desk),
    )
