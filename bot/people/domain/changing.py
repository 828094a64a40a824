"""What may be changed about a colleague, and by whom; the one-line commands for it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.errors import N_, NotAllowed, Refused
from bot.people.domain import LEGAL, MINORS, SKILLS, VIOLENCE, Person, Role, is_at_least, require
from bot.people.domain.team import Team, folded

SKILLS_OF, LANGUAGES_OF, ROLE_OF = "skills", "languages", "role"

# The words of the commands, and what they are called at the counter.
_ABOUT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("skills", "skill", "opleiding", "opleidingen"), SKILLS_OF),
    **dict.fromkeys(("languages", "language", "talen", "taal"), LANGUAGES_OF),
    **dict.fromkeys(("role", "rol"), ROLE_OF),
}
_SKILLS: Final[Mapping[str, str]] = {
    **{one: one for one in SKILLS},
    **dict.fromkeys(("law", "recht", "juridisch"), LEGAL),
    "geweld": VIOLENCE,
    **dict.fromkeys(("minor", "minderjarigen"), MINORS),
}
_ROLES: Final[Mapping[str, Role]] = {one.value: one for one in Role}
_NONE: Final = frozenset({"none", "geen", "-", "–"})
_YES_NO: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("yes", "on", "ja", "aan"), True),
    **dict.fromkeys(("no", "off", "nee", "uit"), False),
}


class ForCoordinators(NotAllowed):
    """Training, and what concerns others."""

    sentence = N_("Only coordinators can change this.")


class HigherRole(NotAllowed):
    """Nobody changes somebody above them."""

    sentence = N_("You cannot change this for somebody with a higher role than yours.")


class RoleTooHigh(NotAllowed):
    """Nobody gives more than they have."""

    sentence = N_("You can give no role above your own.")


class OwnRole(NotAllowed):
    """A slip of the finger, and nobody could put it right."""

    sentence = N_("Ask another coordinator to change your own role.")


class OwnYes(NotAllowed):
    """Nobody says yes to the nights of somebody else."""

    sentence = N_("Everybody says yes to this for themselves: /oncall yes")


class NoSuchSkill(Refused):
    """A word that is no training."""

    sentence = N_("I know no training called “{word}”. You can write: {known}, or none.")


class NoSuchLanguage(Refused):
    """A word that is no language of this bot."""

    sentence = N_("I know no language called “{word}”. You can write: {known}, or none.")


class NoSuchRole(Refused):
    """A word that is no role."""

    sentence = N_("I know no role called “{word}”. You can write: {known}.")


class NothingNamed(Refused):
    """The line ends too early."""

    sentence = N_("Something is missing at the end. You can write: {known}.")


class NotUnderstood(Refused):
    """Another word after the name."""

    sentence = N_(
        "I do not understand “{word}”. You can write: /team Karen skills legal violence ·"
        " /team Karen languages uk en · /team Karen role trainee"
    )


class YesOrNo(Refused):
    """Another word after /oncall."""

    sentence = N_("Please write /oncall yes or /oncall no.")


class Meant(NamedTuple):
    """What a line names: who, what of them, and what it shall be. about None: only to look."""

    person_id: int
    about: str | None = None
    words: tuple[str, ...] = ()


def read(text: str, team: Team) -> Meant:
    """A line that begins with a name. Raises a Refused that says how to mend it."""
    tokens = text.split()
    names = (" ".join(tokens[:size]) for size in range(len(tokens), 0, -1))
    name = next((one for one in names if team.is_name(one)), None)
    if name is None:
        ends = (n for n, one in enumerate(tokens) if n and folded(one) in _ABOUT)
        name = " ".join(tokens[: next(ends, len(tokens))])
    person_id = team.find(name)
    words = " ".join(tokens[len(name.split()) :]).replace(",", " ").split()
    if not words:
        return Meant(person_id)
    about = _ABOUT.get(folded(words[0]))
    if about is None:
        raise NotUnderstood(word=words[0])
    return Meant(person_id, about, tuple(words[1:]))


def skills(words: Sequence[str]) -> list[str]:
    """Names of skills; "none" for none of them. Raises NoSuchSkill or NothingNamed."""
    known = ", ".join(SKILLS)
    return [_one(word, _SKILLS, NoSuchSkill, known) for word in _said(words, f"{known}, none")]


def languages(words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Codes of languages, by any of their names. Raises NoSuchLanguage or NothingNamed."""
    known = ", ".join(dict.fromkeys(names.values()))
    return [_one(word, names, NoSuchLanguage, known) for word in _said(words, f"{known}, none")]


def role(words: Sequence[str]) -> Role:
    """Exactly one role. Raises NoSuchRole or NothingNamed."""
    known = ", ".join(_ROLES)
    if not words:
        raise NothingNamed(known=known)
    found = _ROLES.get(folded(words[0]))
    if found is None or len(words) > 1:
        raise NoSuchRole(word=" ".join(words), known=known)
    return found


def yes_or_no(text: str) -> bool:
    """Raises YesOrNo."""
    found = _YES_NO.get(folded(text))
    if found is None:
        raise YesOrNo
    return found


def leads(actor: Person) -> bool:
    """May this colleague change something for others?"""
    return not actor.is_anonymous and is_at_least(actor.role, Role.COORDINATOR)


def require_over(actor: Person, other: Person) -> None:
    """May `actor` change what concerns `other`? Oneself, or a coordinator who is not below."""
    require(actor)
    if actor.id != other.id:
        _require_lead(actor, other)


def require_to_train(actor: Person, other: Person) -> None:
    """Training decides what somebody may read: a coordinator gives it, also to themselves."""
    require(actor)
    _require_lead(actor, other)


def require_to_call(actor: Person, other: Person, *, is_on_call: bool) -> None:
    """Yes is one's own word; a coordinator may only take it off."""
    require_over(actor, other)
    if is_on_call and actor.id != other.id:
        raise OwnYes


def require_to_promote(actor: Person, other: Person, role: Role) -> None:
    """Nobody gives a role above their own, changes somebody above them, or their own role."""
    require_to_train(actor, other)
    if actor.id == other.id:
        raise OwnRole
    if not is_at_least(actor.role, role):
        raise RoleTooHigh


def _require_lead(actor: Person, other: Person) -> None:
    if not leads(actor):
        raise ForCoordinators
    if other.role is not None and not is_at_least(actor.role, other.role):
        raise HigherRole


def _said(words: Sequence[str], known: str) -> Iterable[str]:
    if not words:
        raise NothingNamed(known=known)
    return () if len(words) == 1 and folded(words[0]) in _NONE else words


def _one(word: str, meanings: Mapping[str, str], refusal: type[Refused], known: str) -> str:
    found = meanings.get(folded(word))
    if found is None:
        raise refusal(word=word, known=known)
    return found
