"""A message to many is written: a dialog in the coordinator's own chat."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import (
    TOPIC_OF,
    Audience,
    Draft,
    Group,
    Kind,
    Stage,
    TooLate,
    Topic,
    fallbacks,
)
from bot.broadcast.service import approving, drafting
from bot.broadcast.staff_chat import screens
from bot.broadcast.staff_chat.writing import Written
from bot.broadcast.wording import drafts as wording
from bot.broadcast.wording import names
from bot.broadcast.wording.topics import NAMES
from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Step
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person, Role, require
from bot.schedule.timing import QUIET_FROM
from bot.storage.transaction import Tx

_TOWNS = 20
_OWN: Final = Kind.OWN.value


def routes(desk: BroadcastDesk) -> Routes:
    """Begin, change, throw away."""
    form = draft_form(desk)

    async def begin(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
        require(person, Role.COORDINATOR)
        return await forms.begin(tx, person, tap, form)

    async def change(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
        found = await drafting.look(tx, person, number_in(tap.argument))
        if found.stage not in (Stage.DRAFT, Stage.ASKED):
            raise TooLate
        known = _answers(desk, found.draft)
        return await forms.begin(tx, person, tap, form, answers=known, ref=str(found.id))

    taps: dict[str, Shows[BroadcastDesk]] = {"bcnew": begin, "bcedit": change, "bcdrop": drop}
    return Routes(actions=bound(desk, taps), forms=(form,))


async def drop(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🗑 Asks once more, then throws it away."""
    id_, _colon, sure = tap.argument.partition(":")
    found = await drafting.look(tx, person, number_in(id_))
    _ = desk.words(person)
    if sure != "yes":
        return [screens.posted(wording.sure(_, found), tap)]
    await approving.withdraw(desk, tx, found)
    await drafting.drop(tx, person, found.id, now=tap.at)
    return [screens.posted(wording.listed(_, await drafting.listed(tx, person)), tap)]


def draft_form(desk: BroadcastDesk) -> Form:
    """What kind, to whom, in which languages, until when."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        ref = str(answers["ref"] or "")
        before = await drafting.look(tx, person, number_in(ref)) if ref else None
        if before is not None:
            await approving.withdraw(desk, tx, before)
        draft = _draft(desk, answers)
        of = None if before is None else before.id
        kept = await drafting.keep(tx, person, draft, of=of, now=incoming.at)
        return [await screens.shown(desk, tx, person, kept, incoming)]

    return Form(
        name="broadcast",
        version=1,
        title=wording.TITLE,
        steps=(*_whom(desk), *_texts(desk), _picture(), _until()),
        finish=finish,
        done=wording.SHOW,
    )


def _whom(desk: BroadcastDesk) -> tuple[Step, ...]:
    kinds = [(kind.value, label) for kind, label in names.KINDS.items()]
    topics = [(topic.value, NAMES[topic]) for topic in Topic if topic is not Topic.THANKS]
    groups = [(group.value, label) for group, label in names.GROUPS.items()]
    return (
        forms.choice("kind", wording.KIND, kinds, label=wording.KIND_LABEL),
        forms.choice(
            "topic",
            wording.TOPIC,
            topics,
            label=wording.TOPIC_LABEL,
            when=lambda answers: answers["kind"] == _OWN,
        ),
        forms.choices(
            "groups",
            wording.GROUPS,
            groups,
            least=1,
            label=wording.GROUPS_LABEL,
            when=lambda answers: answers["kind"] != Kind.THANKS.value,
        ),
        forms.choices(
            "languages",
            wording.LANGUAGES,
            partial(_language_pairs, desk),
            label=wording.LANGUAGES_LABEL,
        ),
        forms.choices(
            "offices",
            wording.OFFICES,
            partial(_office_pairs, desk),
            label=wording.OFFICES_LABEL,
            when=lambda answers: bool(desk.offices),
        ),
        forms.custom(
            "towns",
            wording.TOWNS,
            read=partial(_read_towns, desk),
            say=_say_towns,
            label=wording.TOWNS_LABEL,
            skippable=True,
        ),
    )


def _texts(desk: BroadcastDesk) -> tuple[Step, ...]:
    """A text for each language that is meant, and for those that others fall back on."""
    return tuple(
        Written(
            name=f"text_{code}",
            question=wording.write(desk.catalogs.words(code).name),
            label=desk.catalogs.words(code).name,
            skippable=True,
            when=partial(_is_asked, desk, code),
        )
        for code in desk.languages
    )


def _is_asked(desk: BroadcastDesk, code: str, answers: Answers) -> bool:
    meant = answers["languages"]
    return not meant or code in meant or code in fallbacks(desk.staff_language)


def _picture() -> Step:
    return forms.photo("picture", wording.PICTURE, label=wording.PICTURE_LABEL, skippable=True)


def _until() -> Step:
    return forms.day(
        "until", wording.UNTIL, allows="future", label=wording.UNTIL_LABEL, skippable=True
    )


async def _language_pairs(
    desk: BroadcastDesk, tx: Tx, person: Person, answers: Answers
) -> list[tuple[str, str]]:
    return [(code, desk.catalogs.words(code).name) for code in desk.languages]


async def _office_pairs(
    desk: BroadcastDesk, tx: Tx, person: Person, answers: Answers
) -> list[tuple[str, str]]:
    return [(key, office.name) for key, office in desk.offices.items()]


async def _read_towns(desk: BroadcastDesk, asking: Asking, text: str) -> list[dict[str, str]]:
    """Towns or postcodes with a comma between. Raises NoSuchTown."""
    named = [one.strip() for one in text.replace("،", ",").replace("\n", ",").split(",")]
    found = [desk.town_of(one) for one in named[:_TOWNS] if one]
    return [{"name": town.name, "postcode": town.postcode} for town in found]


def _say_towns(_: Words, towns: Any) -> str:
    return formats.listing(_, [f"{town['postcode']} {town['name']}" for town in towns])


def _draft(desk: BroadcastDesk, answers: Answers) -> Draft:
    kind = Kind(answers["kind"])
    is_thanks = kind is Kind.THANKS
    groups = (Group.VOLUNTEERS,) if is_thanks else tuple(Group(one) for one in answers["groups"])
    audience = Audience(
        groups,
        languages=tuple(answers["languages"] or ()),
        offices=tuple(answers["offices"] or ()),
        postcodes=tuple(town["postcode"] for town in answers["towns"] or ()),
    )
    texts = {code: answers[f"text_{code}"] for code in desk.languages}
    return Draft(
        kind=kind,
        topic=TOPIC_OF.get(kind) or Topic(answers["topic"]),
        audience=audience,
        texts={code: text for code, text in texts.items() if text},
        expires_at=_evening(answers["until"]),
        picture=answers["picture"] or "",
    )


def _evening(day: str | None) -> datetime | None:
    """When the last useful day is over: nothing is sent at night anyway."""
    if day is None:
        return None
    return datetime.combine(date.fromisoformat(day), QUIET_FROM, formats.BRUSSELS)


def _answers(desk: BroadcastDesk, draft: Draft) -> Mapping[str, Any]:
    """A draft as answers of the dialog that changes it."""
    last = draft.expires_at
    return {
        "kind": draft.kind.value,
        "topic": draft.topic.value,
        "groups": [*draft.audience.groups],
        "languages": [*draft.audience.languages],
        "offices": [*draft.audience.offices],
        "towns": _towns(desk, draft) or None,
        "picture": draft.picture or None,
        "until": formats.day_of(last).isoformat() if last else None,
        **{f"text_{code}": draft.texts.get(code) for code in desk.languages},
    }


def _towns(desk: BroadcastDesk, draft: Draft) -> list[dict[str, str]]:
    found = [desk.town_of(code) for code in draft.audience.postcodes]
    return [{"name": town.name, "postcode": town.postcode} for town in found]
