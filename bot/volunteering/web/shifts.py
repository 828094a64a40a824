"""The page of one shift: who comes; from its beginning on, who came and for how long.

The link is the key; nothing else is asked. A form carries the edition of the list that it was drawn
from, so that the same form saves once, however often it is sent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.errors import Refused
from bot.language.catalog import Words
from bot.volunteering.domain.shifts import Attendance, SavedMeanwhile, minutes_of
from bot.volunteering.service import attendance, feedback, links
from bot.volunteering.web.visiting import HEADERS, Site, filled_in, shown
from bot.volunteering.wording import pages as wording

Fields = Mapping[str, Sequence[str]]


async def answer(site: Site, request: Request) -> Response:
    """GET shows, POST saves."""
    now = site.now()
    if request.method == "POST":
        return await _save(site, request, await filled_in(request), now)
    return await _show(site, request, now)


async def _show(site: Site, request: Request, now: datetime) -> Response:
    _, token = site.words(request), request.path_params["token"]
    async with site.database.reading() as tx:
        opened = await links.open_(site.desk, tx, token, now=now)
        if opened.shift is None:
            return _closed(site, _, is_over=opened.is_over)
        found = await attendance.look(tx, opened.shift.id)
        asked = await feedback.waiting(tx, opened.shift.id, now=now)
    page = wording.shift(
        _,
        site.desk.catalogs,
        found,
        now=now,
        note=request.query_params.get("note", ""),
        corrects="correct" in request.query_params,
        evaluation="" if asked is None else links.evaluation_path(site.desk, asked),
    )
    return shown(page)


async def _save(site: Site, request: Request, fields: Fields, now: datetime) -> Response:
    _, token = site.words(request), request.path_params["token"]
    try:
        async with site.database.writing() as tx:
            opened = await links.open_(site.desk, tx, token, now=now)
            if opened.shift is None:
                return _closed(site, _, is_over=opened.is_over)
            found = await attendance.look(tx, opened.shift.id)
            minutes, wrong = _read(_, fields, found)
            if wrong:
                return _again(site, _, found, fields, now=now, wrong=wrong)
            await attendance.confirm(
                tx,
                found.shift.id,
                minutes,
                edition=_edition(fields),
                via=attendance.BY_LINK,
                now=now,
            )
    except SavedMeanwhile:
        return _back(request, wording.ALREADY)
    except Refused as refusal:
        why = _.plain(refusal.sentence, **refusal.values)
        return _again(site, _, found, fields, now=now, wrong=why)
    return _back(request, wording.SAVED)


def _read(_: Words, fields: Fields, found: Attendance) -> tuple[dict[int, int], str]:
    """The minutes of everybody who is ticked; or what is wrong."""
    ticked = set(fields.get("came", ()))
    minutes: dict[int, int] = {}
    for one in found.people:
        if str(one.id) not in ticked:
            continue
        read = minutes_of(_hours(fields, one.id))
        if read is None:
            return {}, wording.strange_hours(_, one.name)
        minutes[one.id] = read
    if not minutes and found.people and "nobody" not in fields:
        return {}, wording.nobody_ticked(_)
    return minutes, ""


def _again(
    site: Site, _: Words, found: Attendance, fields: Fields, *, now: datetime, wrong: str
) -> Response:
    """The form as it was filled in, and what is wrong above it."""
    ticked = set(fields.get("came", ()))
    typed = {int(one.id): _hours(fields, one.id) for one in found.people if str(one.id) in ticked}
    page = wording.shift(
        _, site.desk.catalogs, found, now=now, alarm=wrong, corrects=True, typed=typed
    )
    return shown(page, status=422)


def _closed(site: Site, _: Words, *, is_over: bool) -> Response:
    page = wording.closed(_, site.desk.catalogs, is_over=is_over)
    return shown(page, status=410 if is_over else 404)


def _back(request: Request, note: str) -> Response:
    """To the page itself, so that loading it again sends nothing."""
    own = request.url.include_query_params(note=note).remove_query_params("correct")
    address = f"{own.path}?{own.query}"
    return RedirectResponse(address, status_code=303, headers=dict(HEADERS))


def _hours(fields: Fields, person: int) -> str:
    return next(iter(fields.get(f"hours_{person}", ())), "")[:10]


def _edition(fields: Fields) -> int:
    said = next(iter(fields.get("edition", ())), "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1
