"""Signed links to the page of one shift: which shift, which version, until when."""

from datetime import UTC, datetime
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from bot.errors import Outdated
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.shifts import Shift
from bot.volunteering.service import planning

_SALT = "volunteering.shift"  # a link of another kind of page never opens this one
_EVALUATION_SALT = "volunteering.evaluation"


class Opened(NamedTuple):
    """What a link leads to; `is_over`: it was right, and its time is over."""

    shift: Shift | None = None
    is_over: bool = False


def shift_path(desk: VolunteeringDesk, shift: Shift) -> str:
    """The path of a shift's page, until two weeks after its end or until a new link is made."""
    facts = [int(shift.id), shift.link_version, int(shift.link_until.timestamp())]
    return f"/shift/{_signer(desk).dumps(facts)}"


def shift_url(desk: VolunteeringDesk, shift: Shift) -> str:
    """The whole address; "" where no pages can be reached."""
    return f"{desk.public_url}{shift_path(desk, shift)}" if desk.public_url else ""


async def open_(desk: VolunteeringDesk, tx: Tx, token: str, *, now: datetime) -> Opened:
    """What stands behind a link. Our own clock says whether it is over, not the signature's."""
    try:
        facts = _signer(desk).loads(token)
    except BadSignature:
        return Opened()
    if not (isinstance(facts, list) and [type(one) for one in facts] == [int] * 3):
        return Opened()
    event_id, version, until = facts
    try:
        shift = await planning.get(tx, event_id)
    except Outdated:
        return Opened(is_over=True)
    ends = max(datetime.fromtimestamp(until, UTC), shift.link_until)  # it may have been put off
    is_over = shift.link_version != version or now >= ends
    return Opened(None if is_over else shift, is_over)


def evaluation_path(desk: VolunteeringDesk, request: int) -> str:
    """The path of the page on which an organisation says how it was. Its row says until when."""
    return f"/evaluation/{_signer(desk, _EVALUATION_SALT).dumps([request])}"


def evaluation_url(desk: VolunteeringDesk, request: int) -> str:
    """The whole address; "" where no pages can be reached."""
    return f"{desk.public_url}{evaluation_path(desk, request)}" if desk.public_url else ""


def request_of(desk: VolunteeringDesk, token: str) -> int | None:
    """What such a link asks about; None for a link that is none of ours."""
    try:
        facts = _signer(desk, _EVALUATION_SALT).loads(token)
    except BadSignature:
        return None
    is_ours = isinstance(facts, list) and [type(one) for one in facts] == [int]
    return facts[0] if is_ours else None


def _signer(desk: VolunteeringDesk, salt: str = _SALT) -> URLSafeSerializer:
    return URLSafeSerializer(desk.signing_key, salt=salt)
