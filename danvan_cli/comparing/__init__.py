"""Two sides held together, each a programme or a finished paper: what differs, task by task."""
