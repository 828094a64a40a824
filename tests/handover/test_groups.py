"""In which staff group a question is answered."""

from dataclasses import replace

import pytest

from bot.language.catalog import Catalogs
from tests.support.handover_makers import GROUP, a_desk

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
