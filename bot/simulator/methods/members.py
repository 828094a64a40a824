"""Who is in a chat: getChat, getChatMember, banning, links, leaving."""

import secrets
from typing import Any

from bot.simulator import membership
from bot.simulator.calls import Call, Method, chat_of, require
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.messages import without_reply
from bot.simulator.world import World

NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
     "gifts_from_channels"),
    False,
)  # fmt: skip


def get_chat(world: World, call: Call) -> dict[str, Any]:
    chat = chat_of(world, call["chat_id"])
    if chat.is_private and not chat.started:
        raise bad_request("chat not found")
    found = world.chat_object(chat) | {
        "accent_color_id": 3,
        "max_reaction_count": 11,
        "accepted_gift_types": dict(NO_GIFTS),
    }
    if chat.pinned:
        found["pinned_message"] = without_reply(chat.messages[chat.pinned[-1]])
    if not chat.is_private:
        found["permissions"] = {"can_send_messages": True, "can_invite_users": True}
    return found


def get_chat_member(world: World, call: Call) -> dict[str, Any]:
    chat = chat_of(world, call["chat_id"])
    person = call["user_id"]
    if person != world.bot.id and person not in world.people:
        raise bad_request("invalid user_id specified")
    if chat.is_private:
        if person not in (chat.id, world.bot.id):
            raise bad_request("member not found")
        return {"user": world.user(person), "status": "member"}
    return membership.described(world, chat.member(person))


def get_chat_administrators(world: World, call: Call) -> list[dict[str, Any]]:
    """Other bots are left out, this one not."""
    chat = _group(world, call)
    return [membership.described(world, m) for m in chat.members.values() if m.is_admin]


def _group(
    world: World,
    call: Call,
    refusal: str = "there are no administrators in the private chat",
) -> Chat:
    chat = chat_of(world, call["chat_id"])
    if chat.is_private:
        raise bad_request(refusal)
    return chat


def get_chat_member_count(world: World, call: Call) -> int:
    chat = chat_of(world, call["chat_id"])
    return 2 if chat.is_private else sum(m.is_inside for m in chat.members.values())


def leave_chat(world: World, call: Call) -> bool:
    chat = _group(world, call, "chat not found")
    membership.change(world, chat, world.bot.id, "left", by=world.bot.id)
    return True


def export_chat_invite_link(world: World, call: Call) -> str:
    return str(create_chat_invite_link(world, call)["invite_link"])


def create_chat_invite_link(world: World, call: Call) -> dict[str, Any]:
    chat = _group(world, call, "chat not found")
    require(world, chat, "can_invite_users", "not enough rights to manage chat invite link")
    link: dict[str, Any] = {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": world.bot.as_user,
        "creates_join_request": bool(call.get("creates_join_request")),
        "is_primary": call.method == "exportchatinvitelink",
        "is_revoked": False,
    }
    return link | {n: call[n] for n in ("name", "expire_date", "member_limit") if n in call.params}


def ban_chat_member(world: World, call: Call) -> bool:
    chat = _restrictable(world, call)
    membership.change(world, chat, call["user_id"], "kicked", by=world.bot.id)
    return True


def unban_chat_member(world: World, call: Call) -> bool:
    """Also throws out somebody who is in the chat, unless only_if_banned is set."""
    chat = _restrictable(world, call)
    status = chat.member(call["user_id"]).status
    if status == "kicked" or (status != "left" and not call.get("only_if_banned")):
        membership.change(world, chat, call["user_id"], "left", by=world.bot.id)
    return True


def _restrictable(world: World, call: Call) -> Chat:
    chat = _group(world, call, "can't ban members in private chats")
    if call["user_id"] not in world.people:
        raise bad_request("invalid user_id specified")
    if chat.member(call["user_id"]).status == "creator":
        raise bad_request("can't remove chat owner")
    require(
        world, chat, "can_restrict_members", "not enough rights to restrict/unrestrict chat member"
    )
    if chat.member(call["user_id"]).is_admin:
        raise bad_request("user is an administrator of the chat")
    return chat


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "exportChatInviteLink": export_chat_invite_link,
    "createChatInviteLink": create_chat_invite_link,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
}
