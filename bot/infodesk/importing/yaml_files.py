"""YAML files of keys and lists, read as text; what cannot be read becomes a fault."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.infodesk.importing import front_matter
from bot.infodesk.importing.front_matter import Broken, Fault


def mapping(path: Path, faults: list[Fault]) -> Mapping[str, Any]:
    """A YAML file that holds `key: value`; {} and a fault when it does not."""
    try:
        content = front_matter.parsed_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(path, 1, "the file is missing"))
    except Broken as broken:
        faults.append(Fault(path, broken.line or 1, broken.message))
    else:
        if isinstance(content, dict):
            return content
        faults.append(Fault(path, 1, "is a list of `key: value`"))
    return {}


def listed(items: Iterable[str] | None) -> tuple[str, ...]:
    """A list of texts; nothing for an empty key."""
    return tuple(items or ())
