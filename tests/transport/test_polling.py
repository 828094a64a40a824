"""Polling: stored first, confirmed after."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.transport import polling
from bot.transport.patience import Patience
from bot.transport.polling import Pulse, Update
from bot.transport.reading import ALLOWED_UPDATES
from tests.transport.fake_api import CUT, HANG, Answer, FakeApi, error, ok
from tests.transport.test_connection import QUICK, open_line


class Inbox:
    """Keeps what is put and stops the poll when it has seen enough."""

    def __init__(self, enough: int, *, fails: int = 0) -> None:
        self.stop = asyncio.Event()
        self.kept: list[int] = []
        self.offers: list[list[int]] = []
        self._enough, self._fails = enough, fails

    async def put(self, updates: list[Update]) -> None:
        ids = [update["update_id"] for update in updates]
        self.offers.append(ids)
        if self._fails:
            self._fails -= 1
            raise OSError("the disk is full")
        self.kept += ids
        if len(self.kept) >= self._enough:
            self.stop.set()


def updates(*ids: int) -> Answer:
    return ok([{"update_id": number} for number in ids])


async def run(inbox: Inbox, *answers: Any, pulse: Pulse | None = None) -> FakeApi:
    async with open_line(ok(True), *answers) as (line, api):
        await polling.poll(line, inbox.put, stop=inbox.stop, pulse=pulse, patience=QUICK)
        return api


def offsets(api: FakeApi) -> list[int | None]:
    return [params.get("offset") for method, params in api.asked if method == "getUpdates"]


async def test_offset_moves_on_after_the_updates_are_stored() -> None:
    inbox = Inbox(3)

    api = await run(inbox, updates(5, 6), ok([]), updates(9))

    assert inbox.kept == [5, 6, 9]
    assert offsets(api) == [None, 7, 7]
    assert api.methods[0] == "deleteWebhook"
    assert api.asked[0][1] == {}  # never drops what waits
    assert api.asked[1][1]["allowed_updates"] == list(ALLOWED_UPDATES)


async def test_updates_that_could_not_be_stored_come_again() -> None:
    inbox = Inbox(2, fails=1)

    api = await run(inbox, updates(5, 6), updates(5, 6))

    assert inbox.offers == [[5, 6], [5, 6]]
    assert offsets(api) == [None, None]


@pytest.mark.parametrize(
    "trouble",
    [
        CUT,
        error(500, "Internal Server Error"),
        error(401, "Unauthorized"),
        error(409, "Conflict: terminated by other getUpdates request"),
        Answer(200, b"<html>"),
        ok({"not": "a list"}),
        ok(["no update", {"no": "id"}]),
    ],
    ids=["cut", "500", "401", "409", "html", "object", "no updates"],
)
async def test_polling_goes_on_after_trouble(trouble: Any) -> None:
    inbox, pulse = Inbox(1), Pulse()

    await run(inbox, trouble, trouble, updates(5), pulse=pulse)

    assert inbox.kept == [5]
    assert pulse.trouble == ""
    assert pulse.last_success is not None


async def test_trouble_is_told_to_the_health_page() -> None:
    pulse = Pulse()
    async with polls_into_silence(error(409, "Conflict: webhook is active"), pulse=pulse):
        assert pulse.trouble == "Conflict: Conflict: webhook is active"
        assert pulse.silence() is None


async def test_health_page_does_not_quote_what_could_not_be_stored() -> None:
    pulse, stop = Pulse(), asyncio.Event()

    async def put(_updates: list[Update]) -> None:
        stop.set()
        raise ValueError("invalid input: 'my own words'")

    async with open_line(ok(True), updates(5), HANG) as (line, _api):
        await polling.poll(line, put, stop=stop, pulse=pulse, patience=QUICK)

    assert pulse.trouble == "ValueError"


async def test_answer_that_is_no_list_of_updates_is_trouble() -> None:
    pulse = Pulse()
    async with polls_into_silence(ok({"not": "a list"}), pulse=pulse):
        assert "no list of updates" in pulse.trouble
        assert pulse.silence() is None


async def test_failing_webhook_removal_is_tried_again() -> None:
    inbox = Inbox(1)

    async with open_line(CUT, ok(True), updates(5)) as (line, api):
        await polling.poll(line, inbox.put, stop=inbox.stop, patience=QUICK)

    assert api.methods == ["deleteWebhook", "deleteWebhook", "getUpdates"]


async def test_pause_that_telegram_wants_is_kept_and_stoppable() -> None:
    answer = error(429, "Too Many Requests", retry_after=3600)

    async with polls_into_silence(answer, waits_for_hang=False) as api:
        assert api.methods == ["deleteWebhook", "getUpdates"]


async def test_pause_is_as_long_as_telegram_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, pauses = Inbox(1), list[float]()

    async def note(stop: asyncio.Event, seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(polling, "_pause", note)
    await run(inbox, error(429, "Too Many Requests", retry_after=3600), updates(5))

    assert pauses == [3600]


async def test_stop_drops_a_waiting_poll_at_once() -> None:
    async with polls_into_silence() as api:
        assert api.methods == ["deleteWebhook", "getUpdates"]


@contextlib.asynccontextmanager
async def polls_into_silence(
    *answers: Any, pulse: Pulse | None = None, waits_for_hang: bool = True
) -> AsyncIterator[FakeApi]:
    """Poll until Telegram says nothing more (or pauses us); stopping must then end it."""
    inbox = Inbox(1)
    async with open_line(ok(True), *answers, HANG) as (line, api):
        pulse = pulse or Pulse()
        work = polling.poll(line, inbox.put, stop=inbox.stop, pulse=pulse, patience=QUICK)
        task = asyncio.create_task(work)
        while not (api.hanging.is_set() if waits_for_hang else pulse.trouble):
            await asyncio.sleep(0)
        yield api
        inbox.stop.set()
        async with asyncio.timeout(5):
            await task


def test_pauses_double_up_to_the_longest() -> None:
    pauses = Patience(first=1, longest=5).pauses()

    assert [next(pauses) for _ in range(5)] == [1, 2, 4, 5, 5]
