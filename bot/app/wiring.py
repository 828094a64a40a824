"""Connects the rooms, top to bottom, by hand. What upper floors contribute to lower ones is a
plain list here; nothing registers itself.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.app.apology import Apologies
from bot.app.groups import StaffGroups
from bot.app.hours import Hours
from bot.app.house import House, Maker
from bot.app.organisation import Organisation
from bot.app.scheduler import Job, Regular, hourly, nightly
from bot.app.settings import ROOT
from bot.delivery import inbox, moves, outbox, retention
from bot.delivery.messages import Keyboard
from bot.delivery.results import News
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.dialog.turn import Turn
from bot.handover import chat as handover_chat
from bot.handover import jobs as handover_jobs
from bot.handover import privacy as handover_privacy
from bot.handover import staff_chat as handover_staff_chat
from bot.handover.desk import HandoverDesk
from bot.infodesk import chat as infodesk_chat
from bot.infodesk import exports as infodesk_exports
from bot.infodesk import importing
from bot.infodesk import jobs as infodesk_jobs
from bot.infodesk import privacy as infodesk_privacy
from bot.infodesk import service as infodesk
from bot.infodesk.domain import Library
from bot.infodesk.search import Search
from bot.infodesk.service import InfoDesk
from bot.infodesk.wording import hours as hours_in_words
from bot.language.catalog import Catalogs, Words
from bot.people import chat as people_chat
from bot.people import jobs as people_jobs
from bot.people import privacy as people_privacy
from bot.people import service as people
from bot.people import staff_chat as people_staff_chat
from bot.people import wording as people_wording
from bot.people.domain import Person
from bot.people.service import PeopleDesk
from bot.storage.transaction import Tx

LOCALES = ROOT / "locales"

CheckRoles = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desks:
    people: PeopleDesk
    handover: HandoverDesk
    infodesk: InfoDesk


def build(
    organisation: Organisation,
    groups: StaffGroups,
    *,
    hold: timedelta,
    erasure_key: bytes,
    check_roles: CheckRoles,
) -> House:
    """The whole house, from the organisation's facts and the files under locales/."""
    catalogs = Catalogs.load(LOCALES)
    library = importing.read(LOCALES)
    desks = _desks(organisation, groups, catalogs, library, hold=hold, erasure_key=erasure_key)
    regulars = _regulars(desks, check_roles)
    return House(
        catalogs=catalogs,
        library=library,
        turn=_turn(desks, groups, catalogs),
        apologise=Apologies(catalogs, organisation.staff_language, groups).apologise,
        news=_news(desks, groups),
        due_kinds={
            **handover_jobs.due_kinds(desks.handover),
            **{regular.kind: regular.run for regular in regulars},
        },
        regulars=regulars,
        makers=_makers(desks, library),
        repeat_erasures=partial(people.repeat_erasures, desks.people),
    )


def _desks(
    organisation: Organisation,
    groups: StaffGroups,
    catalogs: Catalogs,
    library: Library,
    *,
    hold: timedelta,
    erasure_key: bytes,
) -> _Desks:
    info = InfoDesk(
        catalogs=catalogs,
        library=library,
        search=Search(library),
        organisation=_facts(organisation, catalogs),
        staff_language=organisation.staff_language,
        expects=organisation.hours.expects,
        keyboard=_keyboard,
        counts=organisation.retention,
    )
    handover = HandoverDesk(
        catalogs=catalogs,
        organisation=organisation.name,
        staff_language=organisation.staff_language,
        staff_groups=groups,
        hold=hold,
        expects=organisation.hours.expects,
        already=partial(infodesk.already, info),
        category_title=info.category_title,
        answers_anew=partial(infodesk_chat.answer_anew, info),
        retention=organisation.retention,
    )
    return _Desks(
        people=_people_desk(organisation, groups, info, handover, erasure_key=erasure_key),
        handover=handover,
        infodesk=info,
    )


def _people_desk(
    organisation: Organisation,
    groups: StaffGroups,
    info: InfoDesk,
    handover: HandoverDesk,
    *,
    erasure_key: bytes,
) -> PeopleDesk:
    above = routes.combine(handover_chat.routes(handover), infodesk_chat.routes(info))
    return PeopleDesk(
        catalogs=info.catalogs,
        organisation=organisation.name,
        privacy_sentence=organisation.privacy_sentence,
        erasure_key=erasure_key,
        staff_groups=_Ids(groups),
        question_days=organisation.retention.days,
        my_things=(handover_chat.my_things(handover),),
        starts=above.starts,
        hears=above.hears,
        before_language=(handover_chat.listener(handover),),
        actions_before_language=people.ACTIONS_BEFORE_LANGUAGE
        | handover_chat.ACTIONS_BEFORE_LANGUAGE,
        privacy={
            "people": people_privacy.export_person,
            "questions": handover_privacy.export_person,
            "info desk": infodesk_privacy.export_person,
        },
        forgetters=(
            infodesk_privacy.forget_person,
            partial(handover_privacy.forget_person, handover),
            _forget_posts,
        ),
        chat_forgetters=(outbox.forget_chat, inbox.forget_chat),
    )


class _Ids(Collection[int]):
    """The ids of the staff groups as they are now."""

    def __init__(self, groups: StaffGroups) -> None:
        self._groups = groups

    def __contains__(self, group: object) -> bool:
        return group in self._groups.ids

    def __iter__(self) -> Iterator[int]:
        return iter(self._groups.ids)

    def __len__(self) -> int:
        return len(self._groups.ids)


def _turn(desks: _Desks, groups: StaffGroups, catalogs: Catalogs) -> Turn:
    return Turn(
        routes=_routes(desks),
        catalogs=catalogs,
        recognise=partial(people.recognise, staff_groups=_Ids(groups)),
        words=lambda person: _words(catalogs, person),
        gate=people_chat.gate(desks.people),
        is_ours=lambda chat_id: chat_id in groups.ids,
        moved=partial(_moved, groups),
        staff_words=desks.handover.staff_words,
    )


def _words(catalogs: Catalogs, person: Person) -> Words:
    return catalogs.words(person.language)


def _routes(desks: _Desks) -> Routes:
    return routes.combine(
        people_chat.routes(desks.people),
        people_staff_chat.routes(),
        handover_chat.routes(desks.handover),
        handover_staff_chat.routes(desks.handover),
        infodesk_chat.routes(desks.infodesk),
    )


def _news(desks: _Desks, groups: StaffGroups) -> News:
    return News(
        receipts=handover_jobs.receipts(desks.handover),
        unreachable=(people.mark_unreachable,),
        moved=(partial(_moved, groups),),
    )


def _regulars(desks: _Desks, check_roles: CheckRoles) -> list[Regular]:
    nights: dict[str, Job] = {
        **people_jobs.jobs(desks.people),
        **handover_jobs.jobs(desks.handover),
        "delivery.clean": retention.clean,
        "people.check_roles": partial(_check_roles, check_roles),
    }
    return [*nightly(nights), *hourly(infodesk_jobs.jobs(desks.infodesk))]


def _makers(desks: _Desks, library: Library) -> Mapping[str, Maker]:
    return {
        **people_chat.makers(desks.people),
        "recording": partial(infodesk_exports.recording, library),
    }


async def _check_roles(check: CheckRoles, tx: Tx, *, now: datetime) -> None:
    """The look itself asks Telegram, so it begins when this transaction is over."""
    tx.after_commit(check)


async def _forget_posts(tx: Tx, person_id: int, *, now: datetime) -> None:
    await outbox.forget_person(tx, person_id)


async def _moved(groups: StaffGroups, tx: Tx, old: int, new: int) -> None:
    """A staff group became a supergroup: everything follows it."""
    await moves.remember(tx, old, new)
    await people.move_group(tx, old, new)
    tx.after_commit(partial(groups.follow, old, new))


def _facts(organisation: Organisation, catalogs: Catalogs) -> dict[str, Any]:
    return {
        "org_name": organisation.name,
        "org_phone": organisation.phone,
        "org_mail": organisation.mail,
        "org_hours": {_.code: _hours(_, organisation.hours) for _ in catalogs},
    }


def _hours(_: Words, hours: Hours) -> str:
    week = hours.weeks.get(_.code, {})
    return hours_in_words.weekly(
        _, {day: [(block.opens, block.closes) for block in blocks] for day, blocks in week.items()}
    )


def _keyboard(_: Words) -> Keyboard:
    return people_wording.keyboard(_, people.MENU)
