"""Telegram's own method and parameter tables, and the check of a call against them.

The tables are a trimmed copy of the published Bot API specification (bot-api-spec.json):
methods {name: {parameter: [types, required]}} and types {name: {"fields"} or {"subtypes"}}.
Telegram ignores parameters it does not know; we refuse them, so that nothing is swallowed.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bot.simulator.errors import METHOD_NOT_FOUND, ApiError, bad_request

MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "from_chat_id": "from_chat_id is empty",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "message_thread_id": "message thread not found",
    "action": "wrong parameter action in request",
    "name": "topic name must be non-empty",
}
FILES = ("photo", "voice", "document", "video", "video_note", "audio", "sticker", "animation")
MISSING |= {kind: f"there is no {kind.replace('_', ' ')} in the request" for kind in FILES}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body; its name is only ever shown, never used as a path."""

    filename: str
    content: bytes
    mime_type: str


class Mismatch(Exception):
    """A value that is not of the type that the specification names."""


@dataclass(frozen=True, slots=True)
class Field:
    types: tuple[str, ...]
    required: bool
    literal: str | None = None


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    parameters: Mapping[str, Field]

    @property
    def required(self) -> list[str]:
        return [name for name, field in self.parameters.items() if field.required]


class Specification:
    """All methods of one Bot API version; values come out typed, JSON strings decoded."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.version: str = tables["version"]
        self.methods = {
            name.lower(): Method(name, _fields(parameters))
            for name, parameters in tables["methods"].items()
        }
        self._types: Mapping[str, Any] = tables["types"]

    def method(self, name: str) -> Method:
        """Method names are not case sensitive."""
        found = self.methods.get(name.lower())
        if found is None:
            raise METHOD_NOT_FOUND
        return found

    def checked(self, method: Method, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as typed values; an empty string counts as absent, as at Telegram."""
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in method.parameters:
                if isinstance(value, Upload):
                    continue  # reached through attach://name by the method itself
                raise bad_request(
                    f'parameter "{name}" is not one of {method.name} (refused by the simulator)'
                )
            if value in ("", None):
                continue
            values[name] = self._parameter(name, value, method.parameters[name])
        for name in method.required:
            if name not in values:
                raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
        return values

    def _parameter(self, name: str, value: Any, field: Field) -> Any:
        if isinstance(value, Upload):
            if "InputFile" not in field.types:
                raise bad_request(f'parameter "{name}" must not be a file')
            return value
        for kind in field.types:
            if kind in _SCALARS:
                try:
                    return _SCALARS[kind](value)
                except Mismatch:
                    continue
        return self._structured(name, value, field)

    def _structured(self, name: str, value: Any, field: Field) -> Any:
        if not any(kind in self._types or "Array of " in kind for kind in field.types):
            raise bad_request(f'parameter "{name}" must be of type {" or ".join(field.types)}')
        decoded = _decoded(name, value)
        try:
            self._check(decoded, field, name)
        except Mismatch as wrong:
            raise _wrong(name, str(wrong)) from None
        return decoded

    def _check(self, value: Any, field: Field, where: str) -> None:
        complaints = []
        for kind in field.types:
            try:
                return self._check_kind(value, kind, where)
            except Mismatch as wrong:
                complaints.append(str(wrong))
        raise Mismatch(max(complaints, key=_tells_most))

    def _check_kind(self, value: Any, kind: str, where: str) -> None:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise Mismatch(f'Field "{where}" must be of type Array')
            for item in value:
                self._check_kind(item, kind.removeprefix("Array of "), where)
        elif kind in _PLAIN:
            if not _PLAIN[kind](value):
                raise Mismatch(f'Field "{where}" must be of type {kind}')
        else:
            self._check_object(value, kind, where)

    def _check_object(self, value: Any, kind: str, where: str) -> None:
        if not isinstance(value, dict):
            raise Mismatch(f'Field "{where}" must be of type Object')
        table = self._types.get(kind)
        if table is None:
            return
        if "subtypes" in table:
            self._check(value, Field(tuple(table["subtypes"]), required=True), where)
            return
        self._check_fields(value, _type_fields(self, kind), kind)

    def _check_fields(
        self, value: Mapping[str, Any], fields: Mapping[str, Field], kind: str
    ) -> None:
        for name, field in fields.items():
            if field.required and name not in value:
                raise Mismatch(f'Can\'t find field "{name}" of {kind}')
            if field.literal and name in value and value[name] != field.literal:
                raise Mismatch(f'Field "{name}" must be "{field.literal}"')
        for name, item in value.items():
            if name not in fields:
                raise Mismatch(f'Field "{name}" does not belong to {kind}')
            self._check(item, fields[name], name)

    def fields_of(self, kind: str) -> Mapping[str, Field]:
        return _fields(self._types[kind]["fields"])


def _tells_most(complaint: str) -> int:
    """Of several refusals the one about a wrong or foreign field explains most."""
    return 0 if "Can't find" in complaint or 'must be "' in complaint else 1


def _wrong(name: str, complaint: str) -> ApiError:
    if name == "reply_markup":
        return bad_request(f"can't parse reply keyboard markup JSON object: {complaint}")
    return bad_request(f"can't parse {name} JSON object: {complaint}")


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise _wrong(name, "not valid JSON") from None


def _integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.removeprefix("-").isascii():
        try:
            return int(value)
        except ValueError:
            pass
    raise Mismatch


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _BOOLEANS:
        return _BOOLEANS[value.lower()]
    raise Mismatch


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Mismatch
    try:
        return float(value)
    except ValueError:
        raise Mismatch from None


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch


_BOOLEANS = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
_SCALARS = {"Integer": _integer, "Boolean": _boolean, "Float": _real, "String": _string}
_PLAIN = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
}


def _fields(table: Mapping[str, Any]) -> dict[str, Field]:
    return {
        name: Field(tuple(row[0]), bool(row[1]), row[2] if len(row) > 2 else None)
        for name, row in table.items()
    }


@functools.lru_cache(maxsize=512)
def _type_fields(specification: Specification, kind: str) -> Mapping[str, Field]:
    return specification.fields_of(kind)


@functools.cache
def load() -> Specification:
    text = resources.files("bot.simulator").joinpath("bot-api-spec.json").read_text("utf-8")
    return Specification(json.loads(text))
