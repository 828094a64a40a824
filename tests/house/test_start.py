"""What a start does not load: libraries that only some work needs cost memory and seconds."""

import subprocess
import sys

from bot.app.settings import ROOT

LATER = ("alembic", "fontTools", "fpdf", "icalendar", "openpyxl", "PIL")
_ASKS = "import sys, bot.app.live; print(*(one for one in sys.argv[1:] if one in sys.modules))"


def test_the_live_bot_starts_without_what_only_some_work_needs() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _ASKS, *LATER], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert ran.stdout.split() == []
