"""The search's model: trained from the files under `locales/` once, and kept beside them.

Training takes seconds, reading what it left takes milliseconds. `locales/search.index` is made
again when an answer, a lesson or the way of training has changed; where it cannot be written
(a read-only image), make it beforehand with `wegwijzer answers index`.
"""

import hashlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from bot.errors import Misconfigured
from bot.infodesk import search
from bot.infodesk.domain import Library
from bot.infodesk.importing import hearing
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.search.concepts import Table, table
from bot.infodesk.search.lessons import lessons
from bot.infodesk.search.model import Model
from bot.infodesk.search.training import trained
from bot.language import kept

INDEX = "search.index"

_TAUGHT_BY: Final = ("topics.yaml", "*/answers/*/*.md", "*/search/*.yaml")
_CODE: Final = Path(search.__file__).parent


class _Index(msgspec.Struct, frozen=True, array_like=True):
    """The file: what it was made of, and the model's arrays as bytes."""

    made_of: bytes
    classes: tuple[str, ...]
    base: bytes
    keys: bytes
    rarities: bytes
    starts: bytes
    owners: bytes
    gains: bytes
    concepts: Table


def model_of(folder: Path, library: Library) -> Model:
    """The model for the library read from this folder, as it was kept or freshly trained.

    Raises Misconfigured for lessons that cannot be read.
    """
    made_of = _fingerprint(folder)
    found = kept.read(folder / INDEX, _Index)
    if found is not None and found.made_of == made_of:
        return _model(found)
    model = taught(folder, library)
    kept.write(folder / INDEX, _index(made_of, model))
    return model


def taught(folder: Path, library: Library) -> Model:
    """A model trained from the files as they are now. Raises Misconfigured."""
    faults: list[Fault] = []
    heard = hearing.heard(folder, library, faults)
    concepts = hearing.concepts(folder, library.languages, faults)
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise Misconfigured(f"The search cannot be taught:\n{listed}")
    return trained(lessons(library, heard), table(concepts))


def _fingerprint(folder: Path) -> bytes:
    """Changes with every file that teaches, and with the code that learns."""
    digest = hashlib.sha256()
    for path in (*_files(folder), *sorted(_CODE.glob("*.py"))):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _files(folder: Path) -> Iterator[Path]:
    for pattern in _TAUGHT_BY:
        yield from sorted(folder.glob(pattern))


def _index(made_of: bytes, model: Model) -> _Index:
    return _Index(
        made_of,
        classes=model.classes,
        base=model.base.tobytes(),
        keys=model.keys.tobytes(),
        rarities=model.rarities.tobytes(),
        starts=model.starts.tobytes(),
        owners=model.owners,
        gains=model.gains.tobytes(),
        concepts=model.concepts,
    )


def _model(index: _Index) -> Model:
    return Model(
        classes=index.classes,
        base=array("f", index.base),
        keys=array("I", index.keys),
        rarities=array("f", index.rarities),
        starts=array("I", index.starts),
        owners=index.owners,
        gains=array("f", index.gains),
        concepts=index.concepts,
    )
