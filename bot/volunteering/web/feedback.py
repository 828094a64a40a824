"""The page on which an organisation says how the cooperation was. The link is the key; it is
answered once."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response

from bot.errors import Refused
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.evaluations import Request
from bot.volunteering.service import feedback as service
from bot.volunteering.web.visiting import HEADERS, Site, filled_in, shown
from bot.volunteering.wording import feedback_page as wording

_TEMPLATE = "feedback.html"


async def answer(site: Site, visit: Visit) -> Response:
    """GET shows, POST saves."""
    if visit.method == "POST":
        return await _save(site, visit, await filled_in(visit))
    async with site.database.reading() as tx:
        found = await service.by_link(site.desk, tx, visit.path_params["token"])
    return _shown(site, visit, found)


async def _save(site: Site, visit: Visit, fields: Mapping[str, Sequence[str]]) -> Response:
    typed = {name: values[0] for name, values in fields.items() if values}
    now, desk = site.now(), site.desk
    async with site.database.reading() as tx:
        found = await service.by_link(desk, tx, visit.path_params["token"])
    if found is None:
        return _shown(site, visit, None)
    said = {name: _figure(typed.get(name, "")) for name in ("mood", *found.questions)}
    try:
        async with site.database.writing() as tx:
            await service.answer(desk, tx, found, said, typed.get("comment", ""), now=now)
    except domain.Unanswered as refused:
        _ = site.words(visit)
        why = _.plain(refused.sentence)
        page = wording.page(_, desk.catalogs, found, alarm=why, typed=typed)
        return shown(page, _TEMPLATE, status=422)
    except Refused:
        pass  # answered or over since: the page says so
    query = f"?{visit.url.query}" if visit.url.query else ""
    address = f"{visit.url.path}{query}"
    return RedirectResponse(address, status_code=303, headers=dict(HEADERS))


def _shown(site: Site, visit: Visit, found: Request | None) -> Response:
    _, catalogs = site.words(visit), site.desk.catalogs
    if found is None:
        return shown(wording.closed(_, catalogs, is_over=False), _TEMPLATE, status=404)
    if found.is_answered:
        return shown(wording.thanks(_, catalogs, found), _TEMPLATE)
    if found.is_over(site.now()):
        return shown(wording.closed(_, catalogs, is_over=True), _TEMPLATE, status=410)
    return shown(wording.page(_, catalogs, found), _TEMPLATE)


def _figure(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else None
