"""Making groups, and turning a basic group into a supergroup."""

from collections.abc import Mapping
from typing import Any

from bot.simulator import membership
from bot.simulator.chats import USUAL_RIGHTS, Chat, Member
from bot.simulator.errors import ControlError
from bot.simulator.messages import service
from bot.simulator.world import World


def create(
    world: World,
    title: str,
    *,
    members: list[int],
    admins: list[int] | None = None,
    is_forum: bool = True,
    is_super: bool = True,
    bot_rights: Mapping[str, bool] | None = None,
) -> Chat:
    """A group with the bot in it; with `bot_rights` (also empty) as administrator.

    The first administrator, or else the first member, is its owner.
    """
    inside = list(dict.fromkeys([*(admins or []), *members]))
    for person in inside:
        world.person(person)
    is_super = is_super or is_forum
    identifier = world.next_group_id(is_super=is_super)
    chat = Chat(identifier, "supergroup" if is_super else "group", title, is_forum)
    if not is_super:
        chat.numbers = world.private_message_ids
    world.chats[identifier] = chat
    for index, person in enumerate(inside):
        chat.members[person] = _member(
            person, is_owner=index == 0, is_admin=person in (admins or [])
        )
    world.journal.add("chat", chat=identifier, state=world.chat_state(chat))
    if bot_rights is None:
        membership.change(world, chat, world.bot.id, "member", by=_owner(world, chat))
    else:
        membership.change(
            world,
            chat,
            world.bot.id,
            "administrator",
            by=_owner(world, chat),
            rights={"can_manage_chat": True, **bot_rights},
        )
    return chat


def _member(person: int, *, is_owner: bool, is_admin: bool) -> Member:
    if is_owner:
        return Member(person, "creator")
    if is_admin:
        return Member(person, "administrator", dict.fromkeys(USUAL_RIGHTS, True))
    return Member(person)


def _owner(world: World, chat: Chat) -> int:
    owners = (m.person for m in chat.members.values() if m.status == "creator")
    return next(owners, world.bot.id)


def upgrade(world: World, chat: Chat) -> Chat:
    """The chat goes on under another id; the old one answers with migrate_to_chat_id."""
    if chat.is_private or chat.upgraded_to is not None:
        raise ControlError("Only a group that was not upgraded before can be upgraded.")
    new = Chat(world.next_group_id(is_super=True), "supergroup", chat.title, is_forum=chat.is_forum)
    new.members = dict(chat.members)
    world.chats[new.id] = new
    chat.upgraded_to = new.id
    owner = _owner(world, chat)
    service(world, chat, owner, {"migrate_to_chat_id": new.id})
    world.journal.add("chat", chat=new.id, state=world.chat_state(new))
    service(world, new, owner, {"migrate_from_chat_id": chat.id})
    world.journal.add("chat", chat=chat.id, state=world.chat_state(chat))
    return new


def describe_rights(rights: Mapping[str, Any] | None) -> dict[str, bool] | None:
    return None if rights is None else {name: bool(value) for name, value in rights.items()}
