"""The control interface: what the page and the scripts may do to the simulated world."""

import time
from collections.abc import Callable
from typing import Any

from bot.simulator import acts, groups, membership, messages, updates
from bot.simulator.chats import INSIDE, Chat, Person
from bot.simulator.errors import ControlError
from bot.simulator.specification import Upload
from bot.simulator.world import World

Body = dict[str, Any]
Action = Callable[[World, Chat, Body], Body]


def state(world: World) -> Body:
    return {
        "seq": world.journal.seq,
        "bot": {
            **world.bot.as_user,
            "token": world.token if not world.accepts_any_token else "",
            "commands": world.profile.commands.get(("default", ""), []),
            "description": world.profile.descriptions.get("", ""),
            "descriptions": dict(world.profile.descriptions),
            "short_descriptions": dict(world.profile.short_descriptions),
            "webhook": world.webhook.url,
        },
        "people": [person.as_state for person in world.people.values()],
        "chats": [world.chat_state(chat) for chat in world.chats.values()],
        "limits": world.limits.as_state,
        "faults": [fault.as_state for fault in world.faults.ordered],
    }


async def quiet(world: World, patience: float) -> Body:
    """Whether the bot has anything to do; waits that many seconds for it to have nothing."""
    deadline = time.monotonic() + patience
    while (world.updates.pending() or world.in_flight) and time.monotonic() < deadline:
        await world.updates.settled.wait(deadline - time.monotonic())
    return {
        "seq": world.journal.seq,
        "unconfirmed": world.updates.pending(),
        "in_flight": world.in_flight,
        "last_call_seq": world.call_seq,
    }


def calls(world: World, after: int) -> Body:
    return {"calls": [entry for entry in world.calls if entry["seq"] > after]}


def text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise ControlError(f'"{name}" must be a text that is not empty.')
    return value


def number(body: Body, name: str) -> int | None:
    """An optional number; forms bring it as text."""
    value = body.get(name)
    if value in (None, ""):
        return None
    try:
        return int(str(value))
    except (TypeError, ValueError):
        raise ControlError(f'"{name}" must be a whole number.') from None


def real(body: Body, name: str, default: float) -> float:
    try:
        return float(body.get(name) or default)
    except (TypeError, ValueError):
        raise ControlError(f'"{name}" must be a number.') from None


def add_person(world: World, body: Body) -> Body:
    person = world.add_person(
        text(body, "first_name"),
        body.get("language_code") or None,
        last_name=body.get("last_name") or None,
        username=body.get("username") or None,
        role_hint=body.get("role_hint") or "newcomer",
    )
    return {"person": person.as_state}


def add_group(world: World, body: Body) -> Body:
    """Without bot_rights the bot becomes administrator with the three usual ones."""
    usual = dict.fromkeys(("can_manage_topics", "can_pin_messages", "can_delete_messages"), True)
    rights = body.get("bot_rights", usual)
    chat = groups.create(
        world,
        text(body, "title"),
        members=list(body.get("members") or []),
        admins=list(body.get("admins") or []),
        is_forum=bool(body.get("is_forum", True)),
        is_super=bool(body.get("is_super", True)),
        bot_rights=groups.describe_rights(rights),
    )
    return {"chat": world.chat_state(chat)}


def _by(world: World, body: Body) -> Person:
    return world.person(number(body, "by"))


def say(world: World, chat: Chat, body: Body) -> Body:
    sent = acts.say(
        world, chat, _by(world, body), text(body, "text"), thread=number(body, "thread"),
        reply_to=number(body, "reply_to"), entities=body.get("entities"),
        anonymous=bool(body.get("anonymous")),
    )  # fmt: skip
    return {"message": sent.as_state}


def send(world: World, chat: Chat, body: Body) -> Body:
    upload = body.get("file")
    sent = acts.send_file(
        world, chat, _by(world, body), text(body, "kind"),
        upload if isinstance(upload, Upload) and upload.content else None,
        caption=body.get("caption"), thread=number(body, "thread"),
        reply_to=number(body, "reply_to"), media_group=body.get("media_group"),
    )  # fmt: skip
    return {"message": sent.as_state}


def share(world: World, chat: Chat, body: Body) -> Body:
    by = _by(world, body)
    if body.get("kind") == "location":
        place = {name: real(body, name, 0.0) for name in ("latitude", "longitude")}
        content: Body = {"location": place}
    elif body.get("kind") == "contact":
        names = ("phone_number", "first_name", "last_name", "user_id")
        content = {"contact": {name: body[name] for name in names if body.get(name)}}
        text(content["contact"], "phone_number")
        content["contact"].setdefault("first_name", by.first_name)
    else:
        raise ControlError("A location or a contact can be shared.")
    sent = acts.share(
        world, chat, by, content, thread=number(body, "thread"), reply_to=number(body, "reply_to")
    )
    return {"message": sent.as_state}


def edit(world: World, chat: Chat, body: Body) -> Body:
    message = world.message(chat, number(body, "message"))
    acts.edit(world, chat, _by(world, body), message, text(body, "text"))
    return {"message": message.as_state}


def tap(world: World, chat: Chat, body: Body) -> Body:
    message = world.message(chat, number(body, "message"))
    query = acts.tap(
        world, chat, _by(world, body), message, data=body.get("data"), label=body.get("label")
    )
    return {"query_id": query}


def forge(world: World, chat: Chat, body: Body) -> Body:
    message = world.message(chat, number(body, "message"))
    data = str(body.get("data", ""))
    return {"query_id": acts.tap(world, chat, _by(world, body), message, data=data, forged=True)}


def press(world: World, chat: Chat, body: Body) -> Body:
    sent = acts.press(world, chat, _by(world, body), text(body, "label"), number(body, "thread"))
    return {"message": sent.as_state}


def start(world: World, chat: Chat, body: Body) -> Body:
    return {"message": acts.start(world, chat, _by(world, body), body.get("payload")).as_state}


def react(world: World, chat: Chat, body: Body) -> Body:
    message = world.message(chat, number(body, "message"))
    acts.react(world, chat, _by(world, body), message, body.get("emoji") or None)
    return {"message": message.as_state}


def block(world: World, chat: Chat, body: Body) -> Body:
    return _set_blocked(world, chat, body, blocked=True)


def unblock(world: World, chat: Chat, body: Body) -> Body:
    return _set_blocked(world, chat, body, blocked=False)


def _set_blocked(world: World, chat: Chat, body: Body, *, blocked: bool) -> Body:
    person = _by(world, body)
    if chat.id != person.id:
        raise ControlError("Only one's own private chat with the bot can be blocked.")
    if chat.blocked != blocked:
        membership.set_blocked(world, chat, person, blocked=blocked)
    return {"blocked": blocked}


def read(world: World, chat: Chat, body: Body) -> Body:
    messages.mark_read(world, chat, _by(world, body).id, number(body, "thread"))
    return {}


def set_member(world: World, chat: Chat, body: Body) -> Body:
    person = world.person(number(body, "person"))
    status = text(body, "status")
    if status not in (*INSIDE, "left", "kicked"):
        raise ControlError("A status is member, administrator, creator, left or kicked.")
    by = number(body, "by") or person.id
    rights = groups.describe_rights(body.get("rights"))
    membership.change(world, chat, person.id, status, by=by, rights=rights)
    return {"chat": world.chat_state(chat)}


def set_bot(world: World, chat: Chat, body: Body) -> Body:
    """Promotes, demotes or removes the bot, in the owner's name."""
    owners = (m.person for m in chat.members.values() if m.status == "creator")
    by = number(body, "by") or next(owners, world.bot.id)
    rights = groups.describe_rights(body.get("rights"))
    membership.change(world, chat, world.bot.id, text(body, "status"), by=by, rights=rights)
    return {"chat": world.chat_state(chat)}


def upgrade(world: World, chat: Chat, body: Body) -> Body:
    return {"chat": world.chat_state(groups.upgrade(world, chat))}


def act_on_topic(world: World, chat: Chat, thread: int, body: Body) -> Body:
    acts.act_on_topic(world, chat, _by(world, body), thread, body)
    return {"topics": [topic.as_state for topic in chat.topics.values()]}


def create_topic(world: World, chat: Chat, body: Body) -> Body:
    """A topic made by hand, in the owner's or an administrator's app."""
    if not chat.is_forum or not chat.member(_by(world, body).id).is_admin:
        raise ControlError("Only an administrator of a forum can make a topic.", 403)
    topic = {"name": text(body, "name"), "icon_color": number(body, "icon_color") or 0x6FB9F0}
    made = messages.create_topic(world, chat, _by(world, body).id, topic)
    return {"topic": made.as_state}


def add_fault(world: World, body: Body) -> Body:
    return {"fault": world.faults.add(body).as_state}


def clear_faults(world: World) -> Body:
    world.faults.clear()
    return {"faults": []}


def set_limits(world: World, body: Body) -> Body:
    world.limits.set(on=bool(body.get("on")), speed=real(body, "speed", 1.0))
    return {"limits": world.limits.as_state}


def redeliver(world: World, body: Body) -> Body:
    found = world.updates.again(update_id=number(body, "update_id"), last=number(body, "last") or 0)
    return {"update_ids": [update.id for update in found]}


def inject(world: World, body: Body) -> Body:
    """Any update, as it is; whether it was asked for does not matter."""
    kinds = [name for name in body if name != "update_id"]
    if len(kinds) != 1 or not isinstance(body[kinds[0]], dict):
        raise ControlError("An update has an update_id and exactly one other field, an object.")
    identifier = number(body, "update_id") or world.updates.next_id
    payload = body[kinds[0]]
    key = ("chat", (payload.get("chat") or payload.get("from") or {}).get("id", 0))
    world.updates.enqueue(
        updates.Update(identifier, kinds[0], payload, key, world.clock() + updates.MESSAGE_LIFE)
    )
    return {"update_id": identifier}


IN_CHAT: dict[str, Action] = {
    "say": say, "send": send, "share": share, "edit": edit, "tap": tap, "forge": forge,
    "press": press, "start": start, "react": react, "block": block, "unblock": unblock,
    "read": read, "members": set_member, "bot": set_bot, "upgrade": upgrade,
    "topics": create_topic,
}  # fmt: skip
OUTSIDE: dict[str, Callable[[World, Body], Body]] = {
    "people": add_person, "groups": add_group, "faults": add_fault, "limits": set_limits,
    "redeliver": redeliver, "updates": inject,
}  # fmt: skip
