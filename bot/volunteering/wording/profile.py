"""The further profile: its questions, and the file as its owner and coordinators read it."""

import html
from collections.abc import Mapping
from typing import Any, Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import bidi, formats
from bot.language.catalog import N_label, Words
from bot.volunteering.domain import Kind
from bot.volunteering.domain.enrolling import Volunteer
from bot.volunteering.wording import traits

Screen = tuple[str, Buttons]
Pairs = tuple[tuple[str, str], ...]

TITLE = N_("📋 My profile")
DUTCH = N_("How well do you speak Dutch?")
SECTORS_ASKED = N_("Where do you like to help?")
WISHES = N_("How do you want to volunteer?")
DAYS = N_("When can you come? Tap a day, a part of the day, or one field.")
TALENTS_ASKED = N_("What are you good at, or what do you like to do?")
MOTIVATION = N_("Why do you want to volunteer? Write it, or send a voice message.")
MOBILITY = N_("How do you travel?")
FAR = N_("How far may it be, in kilometres?")
LICENCE = N_("Do you have a driving licence?")
CHILDREN = N_("Do you have small children who come along?")
TRAJECTORY = N_("Do you need 40 hours for your integration programme?")
REFERRER = N_("Who sent you to us? Write the name of the person or the service.")
REPORT = N_("May we tell them when you have done your 40 hours?")

LEVELS: Final[Pairs] = (
    ("0", N_label("Not yet")),
    ("1", N_label("A little")),
    ("2", N_label("Enough to talk")),
    ("3", N_label("Well")),
)
SECTORS: Final[Pairs] = (
    ("culture", N_label("🎭 Culture")),
    ("festivals", N_label("🎪 Festivals")),
    ("youth", N_label("🧒 Children and youth")),
    ("care", N_label("🏥 Care")),
    ("sport", N_label("⚽ Sport")),
    ("education", N_label("🏫 School and lessons")),
    ("sociocultural", N_label("👥 Meeting people")),
    ("nature", N_label("🌳 Nature")),
    ("other", N_label("✨ Something else")),
)
KINDS: Final[Pairs] = (
    (Kind.OCCASIONAL, N_label("Now and then")),
    (Kind.STRUCTURAL, N_label("Every week")),
    (Kind.BUDDY, N_label("As a buddy")),
    (Kind.MENTOR, N_label("As a mentor")),
    (Kind.SPEAKER, N_label("Telling my story")),
)
TALENTS: Final[Pairs] = (
    ("cooking", N_label("🍲 Cooking")),
    ("crafts", N_label("🔨 Crafts")),
    ("music", N_label("🎵 Music")),
    ("sport", N_label("⚽ Sport")),
    ("children", N_label("🧸 Playing with children")),
    ("elderly", N_label("👵 Older people")),
    ("languages", N_label("🗣 Languages")),
    ("computer", N_label("💻 Computer")),
    ("garden", N_label("🌱 Garden")),
    ("driving", N_label("🚗 Driving")),
    ("organising", N_label("📋 Organising")),
    ("speaking", N_label("🎤 Speaking to a group")),
)
WAYS: Final[Pairs] = (
    ("foot", N_label("🚶 On foot")),
    ("bike", N_label("🚲 By bike")),
    ("public", N_label("🚌 By bus, tram or train")),
    ("car", N_label("🚗 By car")),
)


def saved(_: Words) -> Screen:
    """The profile is written."""
    return _("✅ Saved. Thank you!"), (
        (Button(_.label("📋 My file"), action="vfile"),),
        (Button(_.label("🤝 Volunteer"), action="vhome"),),
    )


def file(_: Words, one: Volunteer, name: str) -> Screen:
    """One's own file."""
    lines = [
        _("📋 <b>My file: {name}</b>", name=name),
        _("📍 {place}", place=one.town),
        _("🗣 {languages}", languages=traits.languages(_, one.languages) or "–"),
        *told(_, one.file),
    ]
    return "\n".join(lines), (
        (Button(_.label("✏️ My profile"), action="vprofile"),),
        (Button(_.label("⬅️ Back"), action="vhome"),),
    )


def told(_: Words, file_: Mapping[str, Any]) -> list[str]:
    """What the profile says, a line each; what was left out takes no room."""
    rows = [
        _("Helps with: {what}", what=_named(_, SECTORS, file_["sectors"])),
        _("How: {what}", what=_named(_, KINDS, file_["wishes"])),
        _("Talents: {what}", what=_named(_, TALENTS, file_["talents"])),
        _("When: {what}", what=days(_, file_["availability"])),
        _("Travels: {what}", what=_named(_, WAYS, [file_["mobility"]])),
    ]
    given = (
        file_["sectors"],
        file_["wishes"],
        file_["talents"],
        file_["availability"],
        file_["mobility"],
    )
    lines = [row for row, is_given in zip(rows, given, strict=True) if is_given]
    if file_["motivation"]:
        said = html.escape(bidi.contained(file_["motivation"]), quote=False)
        lines.append(f"<blockquote>{said}</blockquote>")
    return lines


def days(_: Words, bits: int) -> str:
    """When somebody can come, in words."""
    signs = ("🌅", "☀️", "🌙")
    found = []
    for day in range(7):
        parts = "".join(sign for part, sign in enumerate(signs) if bits >> day * 3 + part & 1)
        if parts:
            found.append(f"{formats.weekday_name(_, day)} {parts}")
    return " · ".join(found) or "–"


def _named(_: Words, pairs: Pairs, values: list[str]) -> str:
    labels = dict(pairs)
    return formats.listing(_, [_.plain(labels[one]) for one in values if one in labels]) or "–"
