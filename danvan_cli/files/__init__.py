"""The one writer of files: whole or not at all; what a person has changed is never lost.

`writer` decides over a whole command, `journal` notes what of it is to be ended if it is killed,
`waiting` are files on their way into their place, `steps` are single changes on the disk,
`refused` says why something was not written.
"""

from danvan_cli.files.refused import portable
from danvan_cli.files.writer import (
    Judge,
    Verdict,
    Written,
    as_read,
    kept,
    make_new,
    new_folder,
    only_new,
    only_own,
    replaced,
    set_aside,
    write_all,
)

__all__ = [
    "Judge",
    "Verdict",
    "Written",
    "as_read",
    "kept",
    "make_new",
    "new_folder",
    "only_new",
    "only_own",
    "portable",
    "replaced",
    "set_aside",
    "write_all",
]
