"""`python -m danvan_cli` is `danvan`."""

from __future__ import annotations

import gc

SELDOM = 200_000
"""New objects between two searches for garbage: a command makes many values and drops few."""


def main() -> None:
    """Run the command line; never returns."""
    gc.set_threshold(SELDOM, 20, 100)
    from danvan_cli.cli.app import main as run  # with searches already seldom

    run()


if __name__ == "__main__":
    main()
