"""What kinds, groups of people and stages are called."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.broadcast.domain import Audience, Fate, Group, Kind, Stage
from bot.language import formats
from bot.language.catalog import Catalogs, N_label, Words
from bot.volunteering.domain import Office

KINDS: Final[Mapping[Kind, str]] = {
    Kind.OWN: N_label("✏️ Own message"),
    Kind.NEWSLETTER: N_label("📰 Newsletter"),
    Kind.REFUGEE_DAY: N_label("🌍 World Refugee Day"),
    Kind.THANKS: N_label("🌟 Thank you"),
}
GROUPS: Final[Mapping[Group, str]] = {
    Group.NEWCOMERS: N_label("🧭 Newcomers"),
    Group.VOLUNTEERS: N_label("🤝 Volunteers"),
    Group.STAFF: N_label("👥 Colleagues"),
}
STAGES: Final[Mapping[Stage, str]] = {
    Stage.DRAFT: N_label("📝 Draft"),
    Stage.ASKED: N_label("🙋 Waits for approval"),
    Stage.RUNNING: N_label("📤 Being sent"),
    Stage.PAUSED: N_label("⏸ Paused"),
    Stage.DONE: N_label("✅ Sent"),
    Stage.CANCELLED: N_label("✖️ Cancelled"),
}
FATES: Final[Mapping[Fate, str]] = {
    Fate.SENT: N_label("received"),
    Fate.BLOCKED: N_label("blocked the bot"),
    Fate.STOPPED: N_label("unsubscribed before"),
    Fate.UNCERTAIN: N_label("perhaps received"),
    Fate.REFUSED: N_label("refused by Telegram"),
    Fate.EXPIRED: N_label("too late"),
    Fate.CANCELLED: N_label("not sent"),
}


def audience(_: Words, meant: Audience, catalogs: Catalogs, offices: Mapping[str, Office]) -> str:
    """Who is meant, in one line."""
    groups = formats.listing(_, [_.plain(GROUPS[one]) for one in meant.groups])
    return " · ".join(
        part
        for part in (
            groups,
            languages(_, meant.languages, catalogs),
            ", ".join(offices[one].name if one in offices else one for one in meant.offices),
            ", ".join(meant.postcodes),
        )
        if part
    )


def languages(_: Words, codes: Sequence[str], catalogs: Catalogs) -> str:
    """Languages as the reader calls them."""
    found = [language(_, code, catalogs) for code in codes]
    return formats.listing(_, found) if found else ""


def language(_: Words, code: str, catalogs: Catalogs) -> str:
    """One of them."""
    return formats.language_name(_, catalogs.words(code)) if code in catalogs.codes else code
