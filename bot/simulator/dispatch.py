"""From a raw call to Telegram's answer: token, tables, faults, limits, then the method itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator import faults, methods, specification
from bot.simulator.calls import Call
from bot.simulator.errors import NOT_FOUND, UNAUTHORIZED, ApiError, bad_request
from bot.simulator.methods import webhooks
from bot.simulator.specification import Upload
from bot.simulator.world import World

SPECIFICATION = specification.load()
# In the tables, but without effect here: saying yes to them would be a lie.
NOT_SIMULATED = frozenset(
    {
        "business_connection_id", "direct_messages_topic_id", "suggested_post_parameters",
        "message_effect_id", "allow_paid_broadcast", "certificate", "ip_address", "live_period",
        "heading", "proximity_alert_radius", "video_start_timestamp", "cover",
    }
)  # fmt: skip


@dataclass(slots=True)
class Answer:
    """What goes back; with a fault the server may do something else with it."""

    status: int
    body: dict[str, Any]
    fault: faults.Fault | None = None


async def answer(world: World, token: str, name: str, raw: Mapping[str, Any]) -> Answer:
    """One call of the Bot API, with everything that Telegram would say to it."""
    fault = None
    try:
        _check_token(world, token)
        chat = _chat_id(raw)
        fault = world.faults.strike(name.lower(), chat)
        if fault is not None and fault.kind not in faults.AFTER_EFFECT:
            return _struck(world, name, raw, fault)
        result = await _run(world, name, raw, chat)
    except ApiError as refusal:
        record(world, name, raw, refusal)
        return Answer(refusal.code, refusal.as_json(), fault)
    record(world, name, raw, None)
    return Answer(200, {"ok": True, "result": result}, fault)


def _struck(world: World, name: str, raw: Mapping[str, Any], fault: faults.Fault) -> Answer:
    """The call has no effect; 502 and garbage come from a machine in between."""
    if fault.kind in ("garbage", "drop_before"):
        record(world, name, raw, ApiError(0, f"fault: {fault.kind}"))
        return Answer(200, {}, fault)
    error = fault.error()
    record(world, name, raw, error)
    return Answer(error.code, error.as_json(), fault)


def _check_token(world: World, token: str) -> None:
    identifier, mark, secret = token.partition(":")
    if not mark or not identifier.isdigit() or not secret:
        raise NOT_FOUND
    if token != world.token and not world.accepts_any_token:
        raise UNAUTHORIZED


def _chat_id(raw: Mapping[str, Any]) -> int | None:
    try:
        return int(raw.get("chat_id", ""))
    except (TypeError, ValueError):
        return None


async def _run(world: World, name: str, raw: Mapping[str, Any], chat: int | None) -> Any:
    method = SPECIFICATION.method(name)
    lowered = name.lower()
    known = methods.SIMULATED.get(lowered)
    if known is None and lowered != "getupdates":
        raise bad_request(f"{method.name}: not simulated")
    params = SPECIFICATION.checked(method, raw)
    for parameter in NOT_SIMULATED & params.keys():
        raise bad_request(f"{method.name}: parameter {parameter} is not simulated")
    uploads = {key: value for key, value in raw.items() if isinstance(value, Upload)}
    call = Call(lowered, params, uploads)
    if known is None:
        return await webhooks.get_updates(world, call)
    world.limits.take(lowered, chat, len(params.get("media") or params.get("message_ids") or "1"))
    return known(world, call)


def record(world: World, name: str, raw: Mapping[str, Any], refusal: ApiError | None) -> None:
    """The list of calls; successful polls would only drown the rest."""
    if refusal is None and name.lower() == "getupdates":
        return
    world.call_seq += 1
    chat = _chat_id(raw)
    entry = {
        "seq": world.call_seq,
        "method": name,
        "params": {key: _shown(value) for key, value in raw.items()},
        "ok": refusal is None,
        "error_code": refusal.code if refusal else None,
        "description": refusal.description if refusal else None,
        "at": world.clock(),
        "chat": chat,
    }
    world.calls.append(entry)
    world.journal.add(
        "call", method=name, ok=refusal is None, chat=chat, description=entry["description"]
    )


def _shown(value: Any) -> Any:
    return f"<file {value.filename}>" if isinstance(value, Upload) else value
