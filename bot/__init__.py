"""Wegwijzer: a Telegram bot for organisations that receive refugees (see docs/floors.md)."""
