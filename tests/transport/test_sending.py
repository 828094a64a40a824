"""How each sending counts."""

from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from bot.delivery import messages
from bot.delivery.messages import Made, Message
from bot.delivery.outcomes import (
    Moved,
    NotSent,
    Outcome,
    Refusal,
    Sent,
    Uncertain,
    Unreachable,
    Waiting,
)
from bot.errors import Outdated
from bot.transport import sending
from bot.transport.answers import Flooded, NeverSent, PerhapsSent, TokenRefused
from bot.transport.requests import Upload

TEXT = messages.Outgoing(to=5, text="<b>Hi</b>")
IN_GROUP = messages.Outgoing(to=-9, text="Hi", in_topic=77)
EDIT = messages.Edit(to=5, text="x", message_id=8)
CLOSE = messages.ChangeTopic(to=-9, in_topic=77, change="close")
VOICE = messages.File(to=5, made=Made("voice", "3"), name="v.ogg", as_voice=True)


class Line:
    """Answers calls one after the other and remembers them."""

    def __init__(self, *replies: Any) -> None:
        self.replies = list(replies)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.uploads: list[Upload | None] = []

    async def call(
        self, method: str, params: dict[str, Any] | None = None, *, upload: Upload | None = None
    ) -> Any:
        self.calls.append((method, params or {}))
        self.uploads.append(upload)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


async def make(made: Made) -> bytes:
    return f"{made.kind} {made.id}".encode()


async def sent(line: Line, message: Message, **slots: int) -> Outcome:
    return await sending.send(line, message, slots, make=make)


@pytest.mark.parametrize(
    ("message", "result", "ids"),
    [
        (TEXT, {"message_id": 31, "message_thread_id": 4}, (31,)),
        (EDIT, {"message_id": 8}, (8,)),
        (messages.Copy(to=5, from_chat=6, message_ids=(3,)), {"message_id": 32}, (32,)),
        (
            messages.Copy(to=5, from_chat=6, message_ids=(3, 4)),
            [{"message_id": 33}, {"message_id": 34}],
            (33, 34),
        ),
        (messages.MakeTopic(to=-9, slot="s", name="n"), {"message_thread_id": 77}, (77,)),
        (messages.React(to=5, message_id=3, emoji="👍"), True, ()),
        (CLOSE, True, ()),
    ],
    ids=["text", "edit", "copy", "album", "topic", "reaction", "close"],
)
async def test_sent_message_says_where_it_is(
    message: Message, result: Any, ids: tuple[int, ...]
) -> None:
    assert await sent(Line(result), message) == Sent(ids)


@pytest.mark.parametrize(
    ("message", "error", "outcome"),
    [
        (TEXT, Flooded(17), Waiting(timedelta(seconds=17))),
        (TEXT, NeverSent("no such host"), NotSent("no such host")),
        (TEXT, PerhapsSent("no answer"), Uncertain("no answer")),
        (TEXT, TokenRefused("Unauthorized"), NotSent("Telegram refuses the token")),
        (TEXT, InvalidToken("Not Found"), Refusal("Not Found")),
        (TEXT, Conflict("Conflict"), Refusal("Conflict")),
        (IN_GROUP, ChatMigrated(-1009), Moved(-1009)),
        (
            TEXT,
            Forbidden("Forbidden: bot was blocked by the user"),
            Unreachable("Forbidden: bot was blocked by the user"),
        ),
        (
            IN_GROUP,
            Forbidden("Forbidden: bot was kicked from the supergroup chat"),
            Unreachable("Forbidden: bot was kicked from the supergroup chat"),
        ),
        (
            IN_GROUP,
            Forbidden("Forbidden: not enough rights to send text messages"),
            Refusal("Forbidden: not enough rights to send text messages"),
        ),
        (
            IN_GROUP,
            BadRequest("message thread not found"),
            Refusal("message thread not found", kind="topic_gone"),
        ),
        (IN_GROUP, BadRequest("TOPIC_CLOSED"), Refusal("TOPIC_CLOSED", kind="topic_closed")),
        (
            messages.Copy(to=-9, from_chat=5, message_ids=(3,)),
            BadRequest("Bad Request: message to copy not found"),
            Refusal("Message to copy not found", kind="gone"),
        ),
        (TEXT, BadRequest("chat not found"), Refusal("chat not found")),
        (
            messages.Edit(to=5, text="x", message_id=8, or_send=False),
            BadRequest("message to edit not found"),
            Refusal("message to edit not found", kind="gone"),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_each_failure_counts_as_what_it_means(
    message: Message, error: Exception, outcome: Outcome
) -> None:
    assert await sent(Line(error), message) == outcome


@pytest.mark.parametrize(
    ("message", "reason", "outcome"),
    [
        (EDIT, "message is not modified: specified new message content", Sent((8,))),
        (messages.Delete(to=5, message_ids=(3,)), "message to delete not found", Sent()),
        (messages.Toast(to=5, query_id="9"), "query is too old and response timeout", Sent()),
        (messages.Toast(to=5, query_id="9"), "QUERY_ID_INVALID", Sent()),
        (CLOSE, "TOPIC_NOT_MODIFIED", Sent()),
        (
            messages.ChangeTopic(to=-9, in_topic=77, change="delete"),
            "message thread not found",
            Sent(),
        ),
    ],
    ids=["same edit", "deleted before", "old tap", "unknown tap", "closed before", "no topic"],
)
async def test_refusal_of_what_is_already_so_is_success(
    message: Message, reason: str, outcome: Outcome
) -> None:
    assert await sent(Line(BadRequest(reason)), message) == outcome


@pytest.mark.parametrize(
    "reason",
    [
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "MESSAGE_ID_INVALID",
    ],
)
async def test_edit_of_a_lost_message_is_sent_anew(reason: str) -> None:
    line = Line(BadRequest(reason), {"message_id": 40})

    assert await sent(line, EDIT) == Sent((40,))
    assert [method for method, _ in line.calls] == ["editMessageText", "sendMessage"]
    assert "message_id" not in line.calls[1][1]


async def test_edit_sent_anew_into_a_blocked_chat_is_unreachable() -> None:
    line = Line(BadRequest("message to edit not found"), Forbidden("bot was blocked by the user"))

    assert await sent(line, EDIT) == Unreachable("bot was blocked by the user")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (messages.Outgoing(to=5, text="<b>1 < 2</b> &amp; so"), {"text": "1 < 2 & so"}),
        (messages.Edit(to=5, text="<b>x", message_id=8), {"text": "x"}),
        (
            messages.Copy(to=5, from_chat=6, message_ids=(3,), caption="<i>x"),
            {"caption": "x"},
        ),
    ],
    ids=["text", "edit", "caption"],
)
async def test_broken_markup_is_said_plainly_once(
    message: Message, expected: dict[str, str]
) -> None:
    line = Line(BadRequest("can't parse entities: unclosed tag"), {"message_id": 41})

    assert await sent(line, message) == Sent((41,))
    again = line.calls[1][1]
    assert "parse_mode" not in again
    assert expected.items() <= again.items()


async def test_markup_that_stays_broken_is_refused() -> None:
    line = Line(*[BadRequest("can't parse entities: still")] * 5)

    assert await sent(line, TEXT) == Refusal("can't parse entities: still")
    assert len(line.calls) == 2


async def test_file_is_made_when_it_is_sent() -> None:
    line = Line({"message_id": 50})

    assert await sent(line, VOICE) == Sent((50,))
    assert line.uploads == [Upload("voice", "v.ogg", b"voice 3")]


async def test_refused_voice_message_goes_as_a_document() -> None:
    line = Line(BadRequest("VOICE_MESSAGES_FORBIDDEN"), {"message_id": 51})

    assert await sent(line, VOICE) == Sent((51,))
    assert line.calls[1][0] == "sendDocument"
    assert line.uploads[1] == Upload("document", "v.ogg", b"voice 3")


PICTURE = messages.File(to=5, made=Made("bar", "3"), name="p.png", as_photo=True, caption="Hi")


async def test_picture_is_sent_as_a_photo_with_its_words() -> None:
    line = Line({"message_id": 52, "photo": []})

    assert await sent(line, PICTURE) == Sent((52,))
    method, params = line.calls[0]
    assert method == "sendPhoto"
    assert params["caption"] == "Hi"
    assert line.uploads == [Upload("photo", "p.png", b"bar 3")]


async def test_picture_that_telegram_does_not_take_goes_as_a_document() -> None:
    line = Line(BadRequest("PHOTO_INVALID_DIMENSIONS"), {"message_id": 53})

    assert await sent(line, PICTURE) == Sent((53,))
    assert line.calls[1][0] == "sendDocument"
    assert line.uploads[1] == Upload("document", "p.png", b"bar 3")


KEPT = messages.Outgoing(to=5, picture="AgAC", text="<b>Hi</b>", reply_to=7)


async def test_kept_picture_is_sent_by_its_name_with_its_words() -> None:
    line = Line({"message_id": 54, "photo": []})

    assert await sent(line, KEPT) == Sent((54,))
    method, params = line.calls[0]
    assert method == "sendPhoto"
    assert (params["photo"], params["caption"], params["parse_mode"]) == (
        "AgAC",
        "<b>Hi</b>",
        "HTML",
    )
    assert line.uploads == [None]


async def test_words_are_said_without_a_picture_that_telegram_lost() -> None:
    line = Line(BadRequest("wrong file identifier/HTTP URL specified"), {"message_id": 55})

    assert await sent(line, KEPT) == Sent((55,))
    method, params = line.calls[1]
    assert (method, params["text"]) == ("sendMessage", "<b>Hi</b>")
    assert not {"photo", "caption"} & params.keys()


async def test_lost_picture_without_words_is_refused() -> None:
    line = Line(BadRequest("wrong file identifier/HTTP URL specified"))

    assert isinstance(await sent(line, messages.Outgoing(to=5, picture="AgAC", text="")), Refusal)


async def test_file_that_is_gone_does_not_hold_up_its_chat() -> None:
    async def withdrawn(made: Made) -> bytes:
        raise Outdated

    outcome = await sending.send(Line(), PICTURE, {}, make=withdrawn)

    assert outcome == Refusal("nothing to send: Outdated", kind="gone")


async def test_album_of_vanished_messages_is_gone() -> None:
    outcome = await sent(Line([]), messages.Copy(to=5, from_chat=6, message_ids=(3, 4)))

    assert outcome == Refusal("none of the messages could be copied", kind="gone")


async def test_topic_that_was_never_made_is_gone() -> None:
    message = messages.Outgoing(to=-9, text="x", in_topic="case:1:topic")

    outcome = await sent(Line(), message)

    assert outcome == Refusal("nothing is known under case:1:topic", kind="topic_gone")


async def test_deletion_waits_where_telegram_wants_a_pause() -> None:
    line = Line(Flooded(3))

    outcome = await sent(line, messages.Delete(to=5, message_ids=(1, 2)))

    assert outcome == Waiting(timedelta(seconds=3))


async def test_failing_maker_is_heard_by_the_caller() -> None:
    async def broken(made: Made) -> bytes:
        raise LookupError(made.kind)

    with pytest.raises(LookupError):
        await sending.send(Line(), VOICE, {}, make=broken)
