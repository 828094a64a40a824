"""In which staff group a question is answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.messages import Edit, Outgoing
from bot.language.catalog import Catalogs
from tests.support.handover_makers import AMINA, GROUP, OLENA, Office, a_desk

GROUPS = {"infodesk": GROUP, "legal": -2, "uk": -3}


@pytest.mark.parametrize(
    ("desk", "language", "group"),
    [
        ("infodesk", "nl", GROUP),
        ("infodesk", "uk", -3),
        ("legal", "uk", -2),
        ("legal", "nl", -2),
        ("volunteering", "uk", -3),
        ("volunteering", "nl", GROUP),
        ("minors", "uk", None),
        ("minors", "nl", None),
    ],
)
def test_question_goes_to_the_nearest_group(
    catalogs: Catalogs, desk: str, language: str, group: int | None
) -> None:
    assert a_desk(catalogs, staff_groups=GROUPS).group_for(desk, language) == group


def test_minors_are_answered_in_their_own_group_only(catalogs: Catalogs) -> None:
    with_group = replace(a_desk(catalogs), staff_groups={**GROUPS, "minors": -4})

    assert with_group.group_for("minors", "uk") == -4


async def test_cards_and_lists_stay_in_their_own_group(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "uk": -3})
    await office.person(OLENA, "uk")
    for who in (AMINA, OLENA):
        await office.asked(who, text=f"of {who}")
    await office.waits(timedelta(seconds=15))

    for group, own, other in ((GROUP, AMINA, OLENA), (-3, OLENA, AMINA)):
        slots = {one.slot for one in office.seen_by(group) if isinstance(one, Outgoing)}
        language = "uk" if group == -3 else "en"
        assert any(name == f"inbox:{language}:list" or "list" in (name or "") for name in slots)
        said = "\n".join(office.texts(group))
        assert f"of {own}" in said
        assert str(other) not in said
        edits = [one for one in office.seen_by(group) if isinstance(one, Edit)]
        assert all(language in (one.slot or "") for one in edits)
