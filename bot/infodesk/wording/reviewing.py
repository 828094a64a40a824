"""What coordinators read when the day of an answer is over."""

from collections.abc import Mapping

from bot.language.catalog import Words

_SHOWN = 15


def to_look_at(_: Words, titles: Mapping[str, str], days: Mapping[str, str]) -> str:
    """Which answers, since when, and what to do."""
    lines = [
        _("• {title} (/edit {topic}), {day}", title=title, topic=slug, day=days[slug])
        for slug, title in list(titles.items())[:_SHOWN]
    ]
    if len(titles) > _SHOWN:
        lines.append(_("… and {n} more", n=len(titles) - _SHOWN))
    parts = [
        _(
            "📆 <b>Please look at these answers again.</b> Amounts, addresses or rules in them may"
            " have changed since the day behind them."
        ),
        "\n".join(lines),
        _("Is one no longer right? /edit gives you its text, /publish the new one."),
    ]
    return "\n\n".join(parts)
