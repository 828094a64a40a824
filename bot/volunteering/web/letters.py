"""The page behind the code on a letter: is it genuine? Whoever holds the letter holds the key."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.volunteering.service import letters as service
from bot.volunteering.web.visiting import Site, shown
from bot.volunteering.wording import letter_page as wording

_LONGEST: Final = 64


async def show(site: Site, request: Request) -> Response:
    """What we say about a letter."""
    code = request.path_params["code"]
    letter = None
    if code.isascii() and len(code) <= _LONGEST:
        async with site.database.reading() as tx:
            letter = await service.verify(tx, code)
    desk = site.desk
    page = wording.page(
        desk.catalogs, letter, site.visitor(request), organisation=desk.organisation
    )
    return shown(page, "letter.html", status=page.status)
