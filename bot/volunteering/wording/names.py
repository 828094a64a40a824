"""What sectors, kinds, talents, criteria and flags are called."""

import html
from collections.abc import Mapping
from typing import Final

from bot.language import bidi
from bot.language.catalog import N_label, Words
from bot.volunteering.domain import Kind
from bot.volunteering.domain.assignments import Stage

SECTORS: Final[Mapping[str, str]] = {
    "culture": N_label("🎨 Arts and culture"),
    "festivals": N_label("🎪 Music festivals"),
    "youth": N_label("🧒 Youth"),
    "care": N_label("❤️ Care"),
    "sport": N_label("⚽ Sport"),
    "education": N_label("🎓 Education"),
    "sociocultural": N_label("🏘 Social and cultural work"),
    "nature": N_label("🌳 Nature and environment"),
    "other": N_label("✨ Something else"),
}
KINDS: Final[Mapping[Kind, str]] = {
    Kind.OCCASIONAL: N_label("📅 Once or now and then"),
    Kind.STRUCTURAL: N_label("🔁 Regularly"),
    Kind.BUDDY: N_label("🤝 Buddy"),
    Kind.MENTOR: N_label("🧭 Mentor"),
    Kind.SPEAKER: N_label("🎤 Speaker"),
}
TALENTS: Final[Mapping[str, str]] = {
    "cooking": N_label("🍲 Cooking"),
    "crafts": N_label("🔧 Repairing, making things"),
    "music": N_label("🎵 Music"),
    "sport": N_label("🏃 Moving, sport"),
    "children": N_label("🧸 Children"),
    "elderly": N_label("👵 Older people"),
    "languages": N_label("🗣 Languages"),
    "computer": N_label("💻 Computer"),
    "garden": N_label("🌱 Garden"),
    "driving": N_label("🚗 Driving"),
    "organising": N_label("📋 Organising"),
    "speaking": N_label("📣 Telling stories"),
}
CRITERIA: Final[Mapping[str, str]] = {
    "briefing": N_label("Tells beforehand what to do"),
    "guidance": N_label("Somebody guides newcomers"),
    "contact": N_label("Real contact with people"),
    "evaluation": N_label("Asks afterwards how it was"),
    "growth": N_label("Possibilities to move on"),
    "mixed": N_label("Never newcomers alone together"),
}
STAGES: Final[Mapping[Stage, str]] = {
    Stage.DRAFT: N_label("📝 Draft"),
    Stage.OPEN: N_label("🟢 Open"),
    Stage.CLOSED: N_label("⚪ Closed"),
}
FLAGS: Final[Mapping[str, str]] = {
    "dutch": N_label("40 hours: Dutch is spoken"),
    "social": N_label("40 hours: among people"),
    "licence": N_label("Driving licence needed"),
    "extract": N_label("Minors: record extract needed"),
}
LEVELS: Final[Mapping[int, str]] = {
    1: N_label("A little"),
    2: N_label("Enough to talk"),
    3: N_label("Well"),
}


def sector(_: Words, name: str) -> str:
    """A sector, plain."""
    return _.label(SECTORS.get(name, SECTORS["other"]))


def kind(_: Words, one: Kind) -> str:
    """How somebody volunteers, plain."""
    return _.label(KINDS[one])


def shown(text: str) -> str:
    """A name or a text that people wrote, for a message."""
    return html.escape(bidi.contained(text), quote=False)


def where(place: str, town: str) -> str:
    """Where a shift is, plain; a town that stands in the address is not said twice."""
    if not town or town.casefold() in place.casefold():
        return place
    return f"{place}, {town}" if place else town
