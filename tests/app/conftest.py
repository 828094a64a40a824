"""A folder in which an operator types commands."""

from pathlib import Path

import pytest

from bot.app.settings import PREFIX, Settings


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """With the demonstration's settings, and nothing in it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
