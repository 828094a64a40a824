"""answerCallbackQuery and setMessageReaction: the small answers."""

from bot.simulator import acts
from bot.simulator.calls import Call, Method, chat_of, message_of
from bot.simulator.errors import bad_request
from bot.simulator.world import QUERY_LIFE, World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TOAST_LIMIT = 200
# The emoji that Telegram allows as reactions (Bot API, ReactionTypeEmoji).
EMOJI = frozenset(
    """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭
    💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
    🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
    """.split()  # noqa: SIM905 - a list of signs is read best as signs
)


def answer_callback_query(world: World, call: Call) -> bool:
    query = world.queries.pop(call["callback_query_id"], None)
    if query is None or world.clock() - query.asked_at > QUERY_LIFE:
        raise bad_request(TOO_OLD)
    text = call.get("text", "")
    if len(text) > TOAST_LIMIT:
        world.queries[query.id] = query
        raise bad_request("MESSAGE_TOO_LONG")
    world.journal.add(
        "toast", chat=query.chat, person=query.person, query_id=query.id, text=text,
        show_alert=bool(call.get("show_alert")),
    )  # fmt: skip
    return True


def set_message_reaction(world: World, call: Call) -> bool:
    """A bot has one reaction per message; an empty list takes it away."""
    chat = chat_of(world, call["chat_id"])
    message = message_of(chat, call["message_id"], "message to react not found")
    wanted = call.get("reaction") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = wanted[0].get("emoji") if wanted else None
    if wanted and (emoji or "").replace("\ufe0f", "") not in EMOJI:
        raise bad_request("REACTION_INVALID")
    acts.put_reaction(message, world.bot.id, emoji)
    acts.announce_reactions(world, chat, message)
    return True


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
}
