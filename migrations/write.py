"""`make migration m="what changes"`: write the next file under versions/.

A new, empty database is brought to the newest version and compared with the tables of the code.
Read what was written before you commit it: Alembic sees neither renames nor data to be moved.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.app import migrating

VERSIONS = Path(__file__).parent / "versions"


async def write(message: str) -> Path:
    """Write the migration and return its file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/newest.sqlite"
        if any(VERSIONS.glob("*.py")):
            await migrating.upgrade(url)
        number = await migrating.write(url, message)
    return next(VERSIONS.glob(f"{number}_*.py"))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('Say what changes: make migration m="people: Keep the day of the last message"')
    sys.stdout.write(f"{asyncio.run(write(sys.argv[1].strip()))}\n")
