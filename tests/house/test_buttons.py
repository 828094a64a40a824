"""No dead button, command or key: everything shown is answered, everything answered is shown."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.app import introduction
from bot.app.house import House
from bot.app.menus import MENU

# Commands that work although no list shows them: what Telegram sends, and what people try.
UNLISTED = {
    "start": "Telegram's own button",
    "colleague": "said aloud by colleagues at the counter; the menu leads there in two taps",
    "send": "for who cannot find the button below a long draft",
    "questions": "the same as a button; /my shows it too",
    "duty": "for colleagues; Telegram lists it in the staff group",
    "team": "for colleagues; Telegram lists it in the staff group",
    "oncall": "for colleagues; Telegram lists it in the staff group",
    "edit": "for coordinators; Telegram lists it in the staff group",
    "publish": "for coordinators; Telegram lists it in the staff group",
    "overrides": "for coordinators; Telegram lists it in the staff group",
    "broadcast": "the same as a button of the coordinators’ desk",
    "report": "the same as a button of the coordinators’ desk",
    "queue": "for colleagues; Telegram lists it in the staff group",
    "find": "for colleagues; Telegram lists it in the staff group",
    "log": "for colleagues; Telegram lists it in the staff group",
    "stats": "for colleagues; Telegram lists it in the staff group",
    "signals": "for colleagues; Telegram lists it in the staff group",
    "organisations": "for coordinators; Telegram lists it in the staff group",
}

# Actions that wait for a button.
UNSHOWN = {"my": "the name by which the screens of later slices lead back; the key 🗂 shows it now"}


def test_every_action_shown_has_exactly_one_route(
    house: House, trees: dict[Path, ast.Module]
) -> None:
    shown, answered = {action for _, action in _shown(trees)}, _answered(house)

    assert shown - answered == set()  # of sets only: to write out a house takes gigabytes


def test_every_action_with_a_route_is_shown(house: House, trees: dict[Path, ast.Module]) -> None:
    shown, answered = {action for _, action in _shown(trees)}, _answered(house)

    assert answered - shown == UNSHOWN.keys()


def test_buttons_are_made_where_wording_lives(trees: dict[Path, ast.Module]) -> None:
    elsewhere = {path for path, _ in _shown(trees) if "wording" not in path.as_posix()}

    assert elsewhere == set()


def test_every_key_of_the_keyboard_is_answered(house: House) -> None:
    keys, answered = {msgid for row in MENU for msgid in row}, set(house.turn.routes.menu)

    assert keys == answered


def test_every_command_in_telegrams_list_is_answered(house: House) -> None:
    for menu in introduction.menus(house.catalogs, groups=[-1], staff_language="nl"):
        routes = house.turn.routes
        answered = set(routes.commands if menu.chat_id is None else routes.staff_commands)

        assert {name for name, _ in menu.commands} <= answered


def test_every_command_stands_in_telegrams_list(house: House) -> None:
    menus = introduction.menus(house.catalogs, groups=[-1], staff_language="nl")
    listed = {name for menu in menus if menu.chat_id is None for name, _ in menu.commands}
    staff = {name for menu in menus if menu.chat_id is not None for name, _ in menu.commands}

    answered, answered_by_staff = (
        set(one) for one in (house.turn.routes.commands, house.turn.routes.staff_commands)
    )
    assert answered - listed == UNLISTED.keys()
    assert answered_by_staff == staff


def _answered(house: House) -> set[str]:
    return {*house.turn.routes.actions, *house.turn.routes.staff_actions}


def _shown(trees: dict[Path, ast.Module]) -> Iterator[tuple[Path, str]]:
    """The name of the action of every `Button(…)` in the code."""
    for path, tree in trees.items():
        if path.parts[1] == "simulator":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Button":
                for keyword in node.keywords:
                    if keyword.arg == "action":
                        yield from ((path, name) for name in _names(keyword.value, path))


def _names(value: ast.expr, path: Path) -> list[str]:
    if isinstance(value, ast.IfExp):
        return _names(value.body, path) + _names(value.orelse, path)
    first = value.values[0] if isinstance(value, ast.JoinedStr) else value
    assert isinstance(first, ast.Constant), f"{path}:{value.lineno}: write the action's name out"
    return [str(first.value).partition(":")[0]]
