"""`python -m danvan_cli` is `danvan`."""

from danvan_cli.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
