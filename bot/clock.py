"""The only place where time is read.

Two clocks. *Calendar time* (`now`) is what people and rows go by; tests and the demonstration may
move it. *Pacing time* (`pacing`) is for limits, pauses and patience and is never moved.
"""

import time
from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """Calendar time: aware, UTC."""
    return datetime.now(UTC) + _offset


def moves_to(moment: datetime) -> None:
    """Set calendar time; it goes on ticking from there (tests and the demonstration only)."""
    global _offset
    _offset = moment - datetime.now(UTC)


def moves_on(by: timedelta) -> None:
    """Move calendar time onwards (tests and the demonstration only)."""
    global _offset
    _offset += by


def runs_true() -> None:
    """Undo every move."""
    global _offset
    _offset = timedelta()


def pacing() -> float:
    """Seconds that only ever grow; comparable within one process."""
    return time.monotonic()


def wall() -> float:
    """Seconds since 1970, never moved: for pauses that must survive a restart."""
    return time.time()
