"""Logs hold ids, never texts."""

import io
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy.exc import DBAPIError

from bot.app import logging as logs
from tests.support.logs import kept_as_it_was


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What stands in the log."""
    output = io.StringIO()
    with kept_as_it_was():
        logs.set_up(as_json=True, output=output)
        yield output


class Refusing(Exception):
    """As a driver refuses a value, quoting it."""

    sqlstate = "22021"


def test_driver_that_quotes_a_value_is_not_quoted(written: io.StringIO) -> None:
    refused = Refusing("invalid input for query argument $1: 'my own words'")

    try:
        raise DBAPIError("INSERT", None, refused) from refused
    except DBAPIError:
        structlog.get_logger().exception("webhook.not_stored")

    assert "my own words" not in written.getvalue()
    assert "22021" in written.getvalue()
