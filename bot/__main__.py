"""`python -m bot` is the command line `wegwijzer`."""

import sys

from bot.app import cli


def main() -> None:
    """Run the command line; its exit code is the program's."""
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
