"""Rows as the values that the rest of the house knows."""

from bot.people.domain import Colleague, Person, PersonId, Role, Standing, State, Via
from bot.storage.transaction import Row


def person(row: Row) -> Person:
    """Somebody, as `tables.WITH_ROLE` tells of them."""
    return Person(
        id=PersonId(row["id"]),
        telegram_id=row["telegram_id"],
        first_name=row["first_name"],
        language=row["language"],
        role=None if row["role"] is None else Role(row["role"]),
        speaks=tuple(row["languages"] or ()),
        skills=frozenset(row["skills"] or ()),
        reminders=None if row["reminders"] is None else tuple(row["reminders"].split()),
    )


def standing(row: Row) -> Standing:
    """The same row, as far as roles go."""
    return Standing(
        person_id=PersonId(row["id"]),
        role=None if row["role"] is None else Role(row["role"]),
        via=None if row["via"] is None else Via(row["via"]),
        groups=frozenset(row["in_groups"] or ()),
    )


def colleague(row: Row) -> Colleague:
    """The same row, of somebody who has a role."""
    return Colleague(
        person(row),
        tuple(row["languages"] or ()),
        Via(row["via"]),
        is_on_call=bool(row["is_on_call"]),
        # A language is chosen in the own chat only; before that Telegram lets no bot write there.
        has_own_chat=row["language"] is not None and row["state"] == State.REACHABLE,
    )
