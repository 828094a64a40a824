"""The menu of ready words in a question's topic: what to choose, what will go out, what went."""

import html
from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.handover.domain import Canned, Case
from bot.handover.wording import canned as canned_wording
from bot.handover.wording.phrases import GROUPS, Group, Phrase, drawer
from bot.language import bidi, formats
from bot.language.catalog import Words

_IN_A_ROW = 5


def case_button(_: Words, case: Case) -> Button:
    """In the header of a question."""
    return Button(label=_.label("💬 Phrases"), action=f"phrases:{case.id}")


def drawers(_: Words, case: Case) -> tuple[str, Buttons]:
    """What kind of phrase?"""
    text = _(
        "💬 <b>Phrases</b> for #{number}: the person reads them in their own language.",
        number=case.number,
    )
    rows = [
        (Button(label=_.label(one.title), action=f"phrase_group:{case.id}:{one.name}"),)
        for one in GROUPS
    ]
    return text, (*rows, (_away(_, case),))


def phrases(_: Words, case: Case, group: Group) -> tuple[str, Buttons]:
    """The sentences of a drawer, in the colleague's words, each with its number."""
    lines = [f"<b>{html.escape(_.label(group.title), quote=False)}</b>"]
    lines += [f"{n}. {_(one.text)}" for n, one in enumerate(group.phrases, 1)]
    back = Button(label=_.label("⬅️ Back"), action=f"phrase_groups:{case.id}")
    rows = _numbered(
        [
            Button(label=str(n), action=f"phrase_see:{case.id}:{one.name}")
            for n, one in enumerate(group.phrases, 1)
        ]
    )
    return "\n".join(lines), (*rows, (back, _away(_, case)))


def phrase(_: Words, case: Case, chosen: Phrase, theirs: Words, text: str) -> tuple[str, Buttons]:
    """What will go out, in both languages."""
    group = drawer(chosen.name)
    back = Button(label=_.label("⬅️ Back"), action=f"phrase_group:{case.id}:{group.name}")
    send = Button(label=_.label("📨 Send"), action=f"phrase_send:{case.id}:{chosen.name}")
    return preview(_, theirs, _.plain(chosen.text), text), ((send,), (back, _away(_, case)))


def canned(_: Words, case: Case, found: Sequence[Canned], theirs: Words) -> tuple[str, Buttons]:
    """Which answer? One that the person's language lacks says so."""
    lines = [_("🗂 <b>Ready answers</b> for #{number}", number=case.number)]
    for n, one in enumerate(found, 1):
        text = html.escape(bidi.contained(canned_wording.glimpse(one, _.code)), quote=False)
        lack = "" if theirs.code in one.texts else " " + _not_in(_, theirs)
        lines.append(f"{n}. <b>{one.name}</b> · {text}{lack}")
    rows = _numbered(
        [
            Button(label=str(n), action=f"canned_see:{case.id}:{one.name}")
            for n, one in enumerate(found, 1)
        ]
    )
    return "\n".join(lines), (*rows, (_away(_, case),))


def _not_in(_: Words, theirs: Words) -> str:
    return _("(not in {language})", language=formats.language_name(_, theirs))


def canned_preview(
    _: Words, case: Case, chosen: Canned, language: Words, texts: tuple[str, str]
) -> tuple[str, Buttons]:
    """What will go out, in both languages: (the colleague's, what the person reads)."""
    send = Button(
        label=_.label("📨 Send"), action=f"canned_send:{case.id}:{chosen.name}:{language.code}"
    )
    return preview(_, language, *texts), ((send,), (_back_to_canned(_, case), _away(_, case)))


def canned_elsewhere(
    _: Words, case: Case, chosen: Canned, theirs: Words, others: Sequence[Words]
) -> tuple[str, Buttons]:
    """It lacks the person's language: nothing goes out in another one without a choice."""
    text = _(
        "🌐 “{name}” has no text in {language}, which the person reads. Send it in another"
        " language?",
        name=chosen.name,
        language=formats.language_name(_, theirs),
    )
    rows = [
        (
            Button(
                label=formats.language_name(_, one),
                action=f"canned_see:{case.id}:{chosen.name}:{one.code}",
            ),
        )
        for one in others
    ]
    return text, (*rows, (_back_to_canned(_, case), _away(_, case)))


def _back_to_canned(_: Words, case: Case) -> Button:
    return Button(label=_.label("⬅️ Back"), action=f"canned_list:{case.id}")


def preview(_: Words, theirs: Words, own: str, text: str) -> str:
    """Two blocks: what the colleague reads, and what the person will."""
    lines = [_("👁 This goes to the person:"), _quoted(own)]
    if text != own:
        lines += [_("in {language}:", language=formats.language_name(_, theirs)), _quoted(text)]
    return "\n".join(lines)


def sent(_: Words, theirs: Words, texts: tuple[str, str], *, seconds: int | None) -> str:
    """What remains of the menu: the record of what goes out, on which the mark will stand."""
    quoted = [_quoted(text) for text in dict.fromkeys(texts)]
    return "\n".join([*quoted, going(_, theirs, seconds=seconds)])


def going(_: Words, theirs: Words, *, seconds: int | None) -> str:
    """It is held like any message; None: until a mentor has looked at it."""
    language = formats.language_name(_, theirs)
    if seconds is None:
        return _("📨 Goes out in {language} when a mentor has looked at it.", language=language)
    return _(
        "📨 Goes out in {language} after {n} seconds. /stop or 👎 stops it.",
        language=language,
        n=seconds,
    )


def toast(_: Words, *, is_checked: bool) -> str:
    """The tap was heard."""
    if is_checked:
        return _.plain("📨 A mentor looks at it first.")
    return _.plain("📨 On its way.")


def _quoted(text: str) -> str:
    return f"<blockquote>{html.escape(bidi.contained(text), quote=False)}</blockquote>"


def _away(_: Words, case: Case) -> Button:
    return Button(label=_.label("✖️ Put away"), action=f"menu_away:{case.id}")


def _numbered(buttons: Sequence[Button]) -> Buttons:
    starts = range(0, len(buttons), _IN_A_ROW)
    return tuple(tuple(buttons[at : at + _IN_A_ROW]) for at in starts)
