"""Nothing secret in the logs."""

import logging

from bot.transport import hygiene
from tests.transport.fake_api import TOKEN


def test_token_is_scrubbed_wherever_it_stands() -> None:
    text = f"GET https://api.telegram.org/bot{TOKEN}/getMe and 12:short"

    assert hygiene.scrub(text) == "GET https://api.telegram.org/bot<token>/getMe and 12:short"
    assert hygiene.scrub("odd:token here", "odd:token") == "<token> here"


def test_log_record_loses_the_token_in_text_and_trace() -> None:
    try:
        raise ValueError(f"bad address /bot{TOKEN}/getMe")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", 40, "f.py", 1, "failed for %s", (TOKEN,), info)

    assert hygiene.Scrubber().filter(record) is True
    assert TOKEN not in logging.Formatter().format(record)
    assert record.getMessage() == "failed for <token>"


def test_talkative_libraries_say_warnings_only() -> None:
    hygiene.quieten()

    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("telegram.Bot").isEnabledFor(logging.DEBUG)
