"""What every page needs: whose words, which headers, what was filled in."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.language.catalog import Words
from bot.storage.engine import Database
from bot.volunteering.desk import VolunteeringDesk

_MOST_BYTES: Final = 64 * 1024  # of a form: a shift of 500 people needs 20
_MOST_FIELDS: Final = 2_000
_LONGEST: Final = 200  # of what a browser says of its languages
_HOME: Final = "nl"  # organisations here read Dutch, unless they choose

_templates: Final = Environment(
    loader=PackageLoader("bot.volunteering.web", "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE: Final = (_templates.loader.get_source(_templates, "style.css")[0] if _templates.loader
                 else "")  # fmt: skip
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

# No script at all, nothing from elsewhere; nobody keeps, lists or frames the page, and the address,
# which is the key to it, is told to nobody.
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are drawn with."""

    desk: VolunteeringDesk
    database: Database
    now: Callable[[], datetime]

    def words(self, request: Request) -> Words:
        """The language that was chosen with a link of the page; else Dutch, else that of staff."""
        catalogs = self.desk.catalogs
        wanted = request.query_params.get("lang", "")
        known = (wanted, _HOME, self.desk.staff_language)
        return catalogs.words(next((one for one in known if one in catalogs.codes), None))

    def visitor(self, request: Request) -> Words | None:
        """The language that was chosen with a link of the page, else the first that the browser
        asks for and we speak; None where it says nothing of the kind."""
        catalogs = self.desk.catalogs
        wanted = request.query_params.get("lang", "")
        if wanted in catalogs.codes:
            return catalogs.words(wanted)
        asked = request.headers.get("accept-language", "")[:_LONGEST].split(",")
        for one in asked:
            code = one.partition(";")[0].strip().partition("-")[0].casefold()
            for words in catalogs:
                if code and words.code.partition("_")[0] == code:
                    return words
        return None


def shown(page: object, template: str = "shift.html", *, status: int = 200) -> HTMLResponse:
    """A page as the browser gets it."""
    body = _templates.get_template(template).render(page=page, style=_STYLE)
    return HTMLResponse(body, status_code=status, headers=dict(HEADERS))


async def filled_in(request: Request) -> dict[str, list[str]]:
    """The fields of a form that was sent. Raises HTTPException for what is none of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413)
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
