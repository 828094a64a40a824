"""Everybody, as a SELECT: for lists of many people, which the database makes in one go."""

from sqlalchemy import Subquery, select

from bot.people import tables


def everybody() -> Subquery:
    """Who has chosen a language: id, telegram_id, first_name, language, state, role (None: no
    colleague)."""
    people, staff = tables.people.c, tables.staff.c
    return (
        select(
            people.id,
            people.telegram_id,
            people.first_name,
            people.language,
            people.state,
            staff.role,
        )
        .select_from(tables.people.outerjoin(tables.staff, staff.person_id == people.id))
        .where(people.language.is_not(None))
        .subquery("everybody")
    )
