"""The command ``foretell``."""

import sys

from ._foretell import command


def main() -> None:
    """Does what the command line says."""
    sys.exit(command(["foretell", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
