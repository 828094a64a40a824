"""Figures of the post for Prometheus. Names and numbers only, never texts or people."""

from prometheus_client import Counter, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

UPDATES = Counter("wegwijzer_updates", "Updates stored in the inbox")
UNREADABLE = Counter("wegwijzer_updates_unreadable", "Updates that could not be read")
TURNS = Counter("wegwijzer_turns", "Turns finished")
TURN_ERRORS = Counter("wegwijzer_turn_errors", "Turns that failed and were undone")
TURN_SECONDS = Histogram("wegwijzer_turn_seconds", "How long a turn takes", buckets=_SECONDS)
SENDS = Counter("wegwijzer_sends", "Sendings by outcome", ["outcome"])
SEND_SECONDS = Histogram("wegwijzer_send_seconds", "One request to Telegram", buckets=_SECONDS)
WAITED_SECONDS = Histogram(
    "wegwijzer_outbox_wait_seconds", "From written to sent", ["lane"], buckets=_SECONDS
)
