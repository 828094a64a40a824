"""The table, and the same as JSON with what there is to know about the machine."""

import json
import os
import platform
import sysconfig
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks import processes
from benchmarks.goals import Goal
from benchmarks.pairs import Pairs

_TIMES = {"us": 1e6, "ms": 1e3, "s": 1.0, "/s": 1.0, "MB": 1 / 2**20}
_LIBRARIES = ("python-telegram-bot", "httpx", "aiohttp", "sqlalchemy", "aiosqlite", "uvicorn")


def table(found: Mapping[str, Pairs], goals: Mapping[str, Goal]) -> str:
    """One line a metric."""
    rows: list[tuple[str, ...]] = [
        ("metric", "baseline", "theirs", "ours", "ratio", "min-max", "aim", "moon", "")
    ]
    rows += [_row(pairs, goals[name]) for name, pairs in found.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def _row(pairs: Pairs, goal: Goal) -> tuple[str, ...]:
    sign = "<=" if goal.better == "lower" else ">="
    return (
        goal.name,
        goal.baseline,
        _shown(median(pairs.theirs), pairs.unit),
        _shown(median(pairs.ours), pairs.unit),
        f"{pairs.ratio:.2f}",
        f"{pairs.ratios[0]:.2f}-{pairs.ratios[-1]:.2f}",
        f"{sign} {goal.goal:g}",
        f"{sign} {goal.moonshot:g}",
        goal.verdict(pairs.ratio),
    )


def _shown(value: float, unit: str) -> str:
    scaled = value * _TIMES[unit]
    digits = 0 if scaled >= 100 else 1 if scaled >= 10 else 2
    return f"{scaled:.{digits}f} {unit}"


def machine() -> dict[str, object]:
    """What the figures depend on besides the program."""
    flags = str(sysconfig.get_config_var("CONFIG_ARGS"))
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "is_optimised": "--enable-optimizations" in flags,
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "is_pinned": processes.can_pin(),
        "load": [round(one, 2) for one in os.getloadavg()],
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def write(path: Path, found: Mapping[str, Pairs], void: Mapping[str, str]) -> None:
    """Everything, for later comparison."""
    metrics = {
        name: {"ours": pairs.ours, "theirs": pairs.theirs, "ratios": pairs.ratios}
        for name, pairs in found.items()
    }
    whole = {"machine": machine(), "metrics": metrics, "void": void}
    path.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
