"""Faults on order: Telegram answering 429, 500, nothing at all, or nonsense."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.errors import ApiError, ControlError, too_many_requests

KINDS = ("429", "500", "502", "timeout", "garbage", "drop_before", "drop_after", "400", "403")
AFTER_EFFECT = ("timeout", "drop_after")
GARBAGE = b"<html><body><h1>Service temporarily unavailable</h1></body></html>"


@dataclass(slots=True)
class Fault:
    """`times` counts down at each hit; with `every` only each n-th matching call is hit."""

    kind: str
    method: str | None = None
    chat: int | None = None
    times: int = 1
    every: int = 1
    retry_after: int = 1
    description: str | None = None
    delay: float | None = None
    seen: int = 0

    @property
    def as_state(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def matches(self, method: str, chat: int | None) -> bool:
        """Without a method it hits every call but getUpdates, which would only hide it."""
        if self.chat not in (None, chat):
            return False
        if self.method is None:
            return method != "getupdates"
        return self.method.lower() == method

    def error(self) -> ApiError:
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        usual = {
            "500": "Internal Server Error",
            "502": "Bad Gateway",
            "400": "Bad Request: CHAT_RESTRICTED",
            "403": "Forbidden: bot was blocked by the user",
        }
        return ApiError(int(self.kind), self.description or usual[self.kind])


class Faults:
    def __init__(self) -> None:
        self.ordered: list[Fault] = []

    def add(self, order: Mapping[str, Any]) -> Fault:
        if str(order.get("kind")) not in KINDS:
            raise ControlError(f"A fault is one of {', '.join(KINDS)}.")
        unknown = set(order) - set(Fault.__slots__) - {"kind"}
        if unknown:
            raise ControlError(f"A fault has no {', '.join(sorted(unknown))}.")
        values = {name: value for name, value in order.items() if value is not None}
        if "every" in values and "times" not in values:
            values["times"] = 1 << 30
        fault = Fault(**{**values, "kind": str(order["kind"])})
        self.ordered.append(fault)
        return fault

    def clear(self) -> None:
        self.ordered.clear()

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault that hits this call, if any."""
        for fault in self.ordered:
            if not fault.matches(method, chat):
                continue
            fault.seen += 1
            if fault.seen % fault.every:
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.ordered.remove(fault)
            return fault
        return None
