"""A trainee's message and its mentor, in the words of the staff group."""

from bot.delivery.messages import Button, Buttons
from bot.language.catalog import Words


def may_it_go(_: Words, author: str, piece_id: int, version: str) -> tuple[str, Buttons]:
    """Under the message."""
    text = _("🎓 {name} is a trainee. May this go to the person?", name=author)
    return text, (
        (
            Button(label=_.label("✓ Send"), action=f"check_ok:{piece_id}:{version}"),
            Button(label=_.label("✗ Not like this"), action=f"check_no:{piece_id}"),
        ),
    )


def checked(_: Words, mentor: str) -> str:
    """What the question under the message becomes."""
    return _("✓ Checked by {name}: it goes out.", name=mentor)


def not_like_this(_: Words, mentor: str, author: str) -> str:
    """The trainee hears it."""
    return _(
        "✗ {mentor}: not like this. It was not sent; please write it anew, {name}.",
        mentor=mentor,
        name=author,
    )


def stayed_in(_: Words, n: int) -> str:
    """The question went on without the trainee."""
    return _.plural(
        "📝 {n} message that nobody had checked stays between colleagues.",
        "📝 {n} messages that nobody had checked stay between colleagues.",
        n,
    )


def edit_unread(_: Words) -> str:
    """A trainee's edit of what has arrived."""
    return _("⚠️ This edit was not passed on: write it as a new message, so that it is checked.")
