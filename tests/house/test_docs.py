"""What is not documented fails here: settings, commands, rooms, figures, simulated methods."""

import re
from pathlib import Path

import click
import prometheus_client
import pytest

from bot.app import cli
from bot.app.settings import PREFIX, ROOT, Settings
from bot.simulator import methods

DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.rglob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md"))],
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def _settings() -> list[str]:
    return [PREFIX + name.upper() for name in Settings.model_fields]


@pytest.mark.parametrize("name", _settings())
def test_each_setting_has_a_heading(name: str) -> None:
    assert name in HEADING.findall(_page("settings.md"))


@pytest.mark.parametrize("name", _settings())
def test_each_setting_stands_in_the_readme_and_the_example(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text("utf-8")
    assert f"{name}=" in (ROOT / ".env.example").read_text("utf-8")


def test_no_heading_names_a_setting_that_is_gone() -> None:
    told = [one for one in HEADING.findall(_page("settings.md")) if one.startswith(PREFIX)]

    assert sorted(told) == sorted(_settings())


def test_each_command_is_explained() -> None:
    page = _page("running.md")
    assert isinstance(cli.wegwijzer, click.Group)

    assert [name for name in _commands(cli.wegwijzer) if f"`wegwijzer {name}" not in page] == []


def test_each_room_stands_on_the_page_of_floors() -> None:
    page = _page("floors.md")
    rooms = [path.name for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()]

    assert [room for room in rooms if f"`{room}`" not in page] == []


def test_each_figure_is_explained() -> None:
    page = _page("running.md")
    told = {one.name for one in prometheus_client.REGISTRY.collect()}
    ours = sorted(name for name in told if name.startswith("wegwijzer_"))

    assert ours
    assert [name for name in ours if name not in page] == []


def test_each_simulated_method_is_explained() -> None:
    page = _page("simulator.md")

    assert [name for name in methods.ALL if name not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]

    missing = [link for link in targets if not (page.parent / link).exists()]
    assert [link for link in missing if link != "docs/images/simulator.png"] == []


def _commands(group: click.Group, before: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += _commands(command, f"{before}{name} ")
        else:
            found.append(before + name)
    return found
