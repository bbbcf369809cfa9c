"""The one writer of files: whole or not at all; what a person has changed is never lost.

`writer` decides over a whole command, `journal` notes what of it is to be finished if it is
killed, `steps` are single changes on the disk, `waiting` are files beside their place and what
killed runs left of them, `judges` say what may become of a file that is there, `refused` why
something was not written.
"""

from danvan_cli.files.judges import as_read, kept, only_own, replaced, set_aside
from danvan_cli.files.refused import portable
from danvan_cli.files.writer import Judge, Verdict, Written, make_new, new_folder, write_all

__all__ = [
    "Judge",
    "Verdict",
    "Written",
    "as_read",
    "kept",
    "make_new",
    "new_folder",
    "only_own",
    "portable",
    "replaced",
    "set_aside",
    "write_all",
]
