"""Our documents have a new version: who agreed to the older one is asked again."""

from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.language import formats
from bot.language.catalog import Words

Screen = tuple[str, Buttons]


def ask_all(_: Words) -> Buttons:
    """Below the list of them."""
    return ((Button(_.label("📨 Ask them all"), action="vcrenew"),),)


def question(_: Words) -> Screen:
    """What the volunteer reads."""
    text = _(
        "📜 Our documents for volunteers have changed. Please read them, and say if you agree."
    )
    return text, (
        (Button(_.label("📄 Documents"), action="vdocs"),),
        (Button(_.label("✅ Read and agree"), action="vagree"),),
    )


def asked(_: Words, told: int, by_hand: Sequence[str]) -> Screen:
    """What the coordinator hears: how many are asked, and who has no Telegram."""
    lines = [_.plural("📨 {n} volunteer is asked.", "📨 {n} volunteers are asked.", told)]
    if by_hand:
        names = formats.listing(_, list(by_hand))
        lines.append(_("📞 Without Telegram, please call: {names}", names=names))
    return "\n".join(lines), ((Button(_.label("⬅️ Worklist"), action="vcwork"),),)
