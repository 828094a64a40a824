"""Connects the rooms, top to bottom, by hand. What upper floors contribute to lower ones is a
plain list here; nothing registers itself.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot import clock
from bot.app import dialogs, facts, learning, volunteers
from bot.app.apology import Apologies
from bot.app.groups import StaffGroups
from bot.app.house import House
from bot.app.menus import COMMANDS, MENU, STAFF_COMMANDS
from bot.app.organisation import Organisation
from bot.app.scheduler import Regular, hourly, nightly
from bot.app.settings import LOCALES
from bot.app.share import Share, of_all
from bot.app.shipped import KNOWLEDGE, Shipped
from bot.app.volunteers import NO_PAGES, WebPages
from bot.complaints import chat as complaints_chat
from bot.complaints import jobs as complaints_jobs
from bot.complaints import privacy as complaints_privacy
from bot.complaints.desk import ComplaintsDesk
from bot.delivery import inbox, moves, outbox, retention
from bot.delivery.messages import Keyboard
from bot.delivery.results import News
from bot.dialog import forms, prompts, routes
from bot.dialog.turn import Moved, Turn
from bot.duty import jobs as duty_jobs
from bot.duty import privacy as duty_privacy
from bot.duty import staff_chat as duty_staff_chat
from bot.duty.desk import DutyDesk, Timetable
from bot.handover import chat as handover_chat
from bot.handover import jobs as handover_jobs
from bot.handover import privacy as handover_privacy
from bot.handover import staff_chat as handover_staff_chat
from bot.handover.desk import HandoverDesk
from bot.handover.wording import signals as handover_signals
from bot.handover.wording import topic as handover_topic
from bot.infodesk import chat as infodesk_chat
from bot.infodesk import exports as infodesk_exports
from bot.infodesk import importing
from bot.infodesk import jobs as infodesk_jobs
from bot.infodesk import privacy as infodesk_privacy
from bot.infodesk import service as infodesk
from bot.infodesk import staff_chat as infodesk_staff_chat
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.wording import reviewed as infodesk_reviewed
from bot.language.catalog import Catalogs, Words
from bot.people import chat as people_chat
from bot.people import jobs as people_jobs
from bot.people import privacy as people_privacy
from bot.people import service as people
from bot.people import staff_chat as people_staff_chat
from bot.people import wording as people_wording
from bot.people.desk import ACTIONS_BEFORE_LANGUAGE, Alarm, PeopleDesk
from bot.schedule.due import DueHandler, Job
from bot.storage.transaction import Tx
from bot.volunteering.matching import Index

CheckRoles = Callable[[], None]


def build(
    organisation: Organisation,
    groups: StaffGroups,
    shipped: Shipped,
    *,
    hold: timedelta,
    bundle: timedelta,
    erasure_key: bytes,
    check_roles: CheckRoles,
    pages: WebPages = NO_PAGES,
) -> House:
    """The whole house, from the organisation's facts and the files beside the code."""
    catalogs = shipped.catalogs
    timetable = Timetable(organisation.hours)
    info = _info_desk(organisation, timetable, shipped)
    handover = _handover_desk(organisation, groups, timetable, info, waits=(hold, bundle))
    # In the order in which they hear what is said: a complaint first, the info desk last.
    alarm = partial(infodesk_chat.alarm, info)
    index = Index()
    further = volunteers.shares(organisation, groups, info, handover, pages, index=index)
    learn = learning.share(shipped)
    others = (*further, learn, _handover(handover), _infodesk(info, handover))
    complaints = _complaints_desk(organisation, catalogs, others, alarm=alarm)
    above = (_complaints(complaints), _duty(_duty_desk(organisation, timetable, catalogs)), *others)
    desk = _people_desk(organisation, catalogs, above, alarm=alarm, erasure_key=erasure_key)
    shares = (_people(desk, check_roles), *above)
    regulars = _regulars(shares)
    moved = partial(_moved, groups, partial(handover_jobs.mirror_queue, handover))
    return House(
        catalogs=catalogs,
        shelf=info.shelf,
        timetable=timetable,
        index=index,
        turn=_turn(shares, groups, desk, moved, check_roles=check_roles),
        apologise=Apologies(catalogs, organisation.staff_language, groups).apologise,
        news=_news(shares, moved),
        due_kinds=_due_kinds(shares, regulars),
        regulars=regulars,
        makers=of_all(shares, lambda share: share.makers),
        readers=of_all(shares, lambda share: share.readers),
        pages=[pages for share in shares for pages in share.pages],
        repeat_erasures=partial(people.repeat_erasures, desk),
        give_back_orphans=partial(handover_jobs.give_back_orphans, handover),
    )


# The slices: what each is given (its desk), and what it gives (its share).


def _duty_desk(organisation: Organisation, timetable: Timetable, catalogs: Catalogs) -> DutyDesk:
    return DutyDesk(
        catalogs=catalogs, timetable=timetable, staff_language=organisation.staff_language
    )


def _duty(desk: DutyDesk) -> Share:
    return Share(
        section="roster",
        export_person=duty_privacy.export_person,
        forget_person=partial(duty_privacy.forget_person, desk.timetable),
        routes=duty_staff_chat.routes(desk),
        nightly=duty_jobs.jobs(desk.timetable),
        makers=duty_staff_chat.makers(),
    )


def _info_desk(organisation: Organisation, timetable: Timetable, shipped: Shipped) -> InfoDesk:
    known = shipped.knowledge
    return InfoDesk(
        catalogs=shipped.catalogs,
        shelf=Shelf(shipped.library, shipped.search),
        organisation=facts.facts(organisation, timetable, shipped.catalogs),
        staff_language=organisation.staff_language,
        expects=timetable.expects,
        keyboard=_keyboard,
        counts=organisation.retention,
        check=partial(importing.text_faults, LOCALES, KNOWLEDGE / "facts"),
        directory=known.directory.with_own(
            organisation.name, phone=organisation.phone, mail=organisation.mail
        ),
        towns=known.towns,
        papers=known.papers,
        first_days=known.first_days,
        checklist=known.checklist,
    )


def _infodesk(desk: InfoDesk, queue: HandoverDesk) -> Share:
    return Share(
        section="info desk",
        export_person=infodesk_privacy.export_person,
        forget_person=infodesk_privacy.forget_person,
        routes=routes.combine(infodesk_chat.routes(desk), infodesk_staff_chat.routes(desk, queue)),
        hourly=infodesk_jobs.jobs(desk),
        makers={"recording": partial(infodesk_exports.recording, desk.shelf.baseline)},
    )


def _handover_desk(
    organisation: Organisation,
    groups: StaffGroups,
    timetable: Timetable,
    info: InfoDesk,
    *,
    waits: tuple[timedelta, timedelta],
) -> HandoverDesk:
    return HandoverDesk(
        catalogs=info.catalogs,
        organisation=organisation.name,
        staff_language=organisation.staff_language,
        staff_groups=groups,
        hold=waits[0],
        bundle=waits[1],
        timetable=timetable,
        patience=organisation.patience,
        already=partial(infodesk.already, info),
        facts=partial(facts.told, organisation, info),
        further_case_buttons=infodesk_reviewed.case_buttons,
        further_tags=handover_signals.tag_rows,
        further_commands=STAFF_COMMANDS[len(handover_topic.COMMANDS) :],
        categories=tuple(one.id for one in info.library.categories),
        category_title=info.category_title,
        guess_topic=partial(infodesk.guess, info),
        topic_title=info.title,
        answers_anew=partial(infodesk_chat.answer_anew, info),
        young_help=partial(infodesk_chat.young_help, info),
        phone=organisation.phone,
        keyboard=_keyboard,
        alarm=partial(infodesk_chat.alarm, info),
        first_of=volunteers.first_of,
        retention=organisation.retention,
    )


def _handover(desk: HandoverDesk) -> Share:
    return Share(
        section="questions",
        export_person=handover_privacy.export_person,
        forget_person=partial(handover_privacy.forget_person, desk),
        routes=routes.combine(handover_chat.routes(desk), handover_staff_chat.routes(desk)),
        before_language=(handover_chat.listener(desk),),
        actions_before_language=handover_chat.ACTIONS_BEFORE_LANGUAGE,
        my_things=(handover_chat.my_things(desk),),
        receipts=handover_jobs.receipts(desk),
        due_kinds=handover_jobs.due_kinds(desk),
        makers=handover_staff_chat.makers(),
        nightly=handover_jobs.jobs(desk),
    )


def _complaints_desk(
    organisation: Organisation, catalogs: Catalogs, after: Sequence[Share], *, alarm: Alarm
) -> ComplaintsDesk:
    return ComplaintsDesk(
        catalogs=catalogs,
        organisation=organisation.name,
        address=organisation.complaint_address,
        alarm=alarm,
        others=routes.combine(*(share.routes for share in after)).hears,
    )


def _complaints(desk: ComplaintsDesk) -> Share:
    return Share(
        section="complaints",
        export_person=complaints_privacy.export_person,
        forget_person=partial(complaints_privacy.forget_person, desk),
        routes=complaints_chat.routes(desk),
        my_things=(complaints_chat.my_things(desk),),
        receipts=complaints_jobs.receipts(desk),
        due_kinds=complaints_jobs.due_kinds(desk),
        nightly=complaints_jobs.nightly(desk),
        hourly=complaints_jobs.hourly(),
    )


def _people_desk(
    organisation: Organisation,
    catalogs: Catalogs,
    above: Sequence[Share],
    *,
    alarm: Alarm,
    erasure_key: bytes,
) -> PeopleDesk:
    together = routes.combine(*(share.routes for share in above))
    actions = (share.actions_before_language for share in above)
    return PeopleDesk(
        catalogs=catalogs,
        organisation=organisation.name,
        privacy_sentence=organisation.privacy_sentence,
        erasure_key=erasure_key,
        question_days=organisation.retention.days,
        menu=MENU,
        commands=COMMANDS,
        my_things=(
            *(things for share in above for things in share.my_things),
            forms.things(together.forms),
        ),
        beside_languages=tuple(one for share in above for one in share.beside_languages),
        starts=together.starts,
        hears=together.hears,
        alarm=alarm,
        before_language=tuple(one for share in above for one in share.before_language),
        actions_before_language=ACTIONS_BEFORE_LANGUAGE.union(*actions),
        privacy={
            "people": people_privacy.export_person,
            "dialogs": dialogs.export_person,
            **{share.section: share.export_person for share in above},
        },
        forgetters=(*(share.forget_person for share in reversed(above)), _forget_posts),
        chat_forgetters=(outbox.forget_chat, inbox.forget_chat, prompts.drop, forms.forget_chat),
        staff_language=organisation.staff_language,
    )


def _people(desk: PeopleDesk, check_roles: CheckRoles) -> Share:
    return Share(
        section="people",
        export_person=people_privacy.export_person,
        forget_person=people_privacy.forget_person,
        routes=routes.combine(people_chat.routes(desk), people_staff_chat.routes(desk)),
        nightly={
            **people_jobs.jobs(desk),
            "people.check_roles": partial(_check_roles, check_roles),
        },
        makers=people_chat.makers(desk),
    )


# The house: all shares together.


def _turn(
    shares: Sequence[Share],
    groups: StaffGroups,
    desk: PeopleDesk,
    moved: Moved,
    *,
    check_roles: CheckRoles,
) -> Turn:
    catalogs = desk.catalogs
    whole = routes.combine(*(share.routes for share in shares))
    return Turn(
        routes=routes.combine(whole, forms.routes(whole.forms, desk.alarm)),
        catalogs=catalogs,
        recognise=lambda tx, incoming: people.recognise(
            tx, incoming, staff_groups=groups.ids, on_new=check_roles
        ),
        words=lambda person: catalogs.words(person.language),
        gate=people_chat.gate(desk),
        is_ours=lambda chat_id: chat_id in groups.ids,
        moved=moved,
        staff_words=catalogs.words(desk.staff_language),
    )


def _news(shares: Sequence[Share], moved: Moved) -> News:
    return News(
        receipts=of_all(shares, lambda share: share.receipts),
        unreachable=(people.mark_unreachable,),
        moved=(moved,),
    )


def _regulars(shares: Sequence[Share]) -> list[Regular]:
    nights = of_all(shares, lambda share: share.nightly)
    return [
        *nightly({**nights, "delivery.clean": retention.clean, "dialog.clean": dialogs.clean}),
        *hourly(of_all(shares, lambda share: share.hourly)),
    ]


def _due_kinds(shares: Sequence[Share], regulars: Sequence[Regular]) -> dict[str, DueHandler]:
    planned = of_all(shares, lambda share: share.due_kinds)
    return {**planned, **{regular.kind: regular.run for regular in regulars}}


async def _check_roles(check: CheckRoles, tx: Tx, *, now: datetime) -> None:
    """The look itself asks Telegram, so it begins when this transaction is over."""
    tx.after_commit(check)


async def _forget_posts(tx: Tx, person_id: int, *, now: datetime) -> None:
    await outbox.forget_person(tx, person_id)


async def _moved(groups: StaffGroups, mirror: Job, tx: Tx, old: int, new: int) -> None:
    """A staff group became a supergroup: everything follows it, and what stood in the old one is
    posted again in the new one."""
    is_news = await moves.remember(tx, old, new)
    await people.move_group(tx, old, new)
    # True whatever becomes of this transaction; what is posted now needs it.
    groups.follow(old, new)
    if is_news and new in groups.ids:
        await mirror(tx, now=clock.now())


def _keyboard(_: Words) -> Keyboard:
    return people_wording.keyboard(_, MENU)
