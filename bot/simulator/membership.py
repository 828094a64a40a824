"""Who is in a chat, with which rights, and how the bot is told of changes."""

from typing import Any

from bot.simulator import updates
from bot.simulator.chats import ADMIN_RIGHTS, Chat, Member, Person
from bot.simulator.messages import service
from bot.simulator.world import World


def described(world: World, member: Member) -> dict[str, Any]:
    """The Bot API ChatMember object."""
    status = "member" if member.status == "member" else member.status
    found: dict[str, Any] = {"user": world.user(member.person), "status": status}
    if status == "creator":
        found["is_anonymous"] = False
    elif status == "administrator":
        found |= {right: member.rights.get(right, False) for right in ADMIN_RIGHTS}
        found |= {"can_be_edited": False, "is_anonymous": False}
    elif status == "kicked":
        found["until_date"] = 0
    return found


def change(
    world: World,
    chat: Chat,
    person: int,
    status: str,
    *,
    by: int,
    rights: dict[str, bool] | None = None,
) -> Member:
    """Gives somebody another place in the chat: service message, member update, page event."""
    old = chat.member(person)
    new = Member(person, status, dict(rights or {}))
    was_visible = chat.member(world.bot.id).is_inside
    chat.members[person] = new
    world.journal.add("member", chat=chat.id, person=person, status=status)
    _say_it(world, chat, old, new, by)
    _tell(world, chat, old, new, by=by, was_visible=was_visible)
    return new


def _say_it(world: World, chat: Chat, old: Member, new: Member, by: int) -> None:
    if chat.is_private or old.is_inside == new.is_inside:
        return
    user = world.user(new.person)
    content: dict[str, Any] = (
        {"new_chat_members": [user]} if new.is_inside else {"left_chat_member": user}
    )
    service(world, chat, by, content)


def _tell(
    world: World, chat: Chat, old: Member, new: Member, *, by: int, was_visible: bool
) -> None:
    """my_chat_member for the bot itself; chat_member only while the bot is an administrator."""
    is_me = new.person == world.bot.id
    if not is_me and not chat.member(world.bot.id).is_admin:
        return
    if is_me and not was_visible and not new.is_inside:
        return
    payload = {
        "chat": world.chat_object(chat),
        "from": world.user(by),
        "date": world.now,
        "old_chat_member": described(world, old),
        "new_chat_member": described(world, new),
    }
    kind = "my_chat_member" if is_me else "chat_member"
    key = ("mine", chat.id) if is_me else ("member", new.person)
    world.updates.add(kind, payload, key=key, life=updates.MESSAGE_LIFE)


def set_blocked(world: World, chat: Chat, person: Person, *, blocked: bool) -> None:
    """Blocking in a private chat is the bot being kicked from it."""
    chat.blocked = blocked
    world.journal.add("blocked", chat=chat.id, person=person.id, blocked=blocked)
    kicked = Member(world.bot.id, "kicked")
    member = Member(world.bot.id, "member")
    old, new = (member, kicked) if blocked else (kicked, member)
    payload = {
        "chat": world.chat_object(chat),
        "from": person.as_user,
        "date": world.now,
        "old_chat_member": described(world, old),
        "new_chat_member": described(world, new),
    }
    world.updates.add("my_chat_member", payload, key=("mine", chat.id), life=updates.MESSAGE_LIFE)
