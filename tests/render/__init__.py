"""Documents rendered: contexts as data, templates, packages."""
