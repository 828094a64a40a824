"""What takes long to work out from files is kept beside them, and made again when they change."""

import os
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


def read(path: Path, kind: type[T]) -> T | None:
    """What was kept; None where nothing is, or nothing that can be read."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def write(path: Path, value: object) -> None:
    """Keep it, where the place can be written. Two that start at once both write; each replaces
    the whole file."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_bytes(msgspec.msgpack.encode(value))
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
