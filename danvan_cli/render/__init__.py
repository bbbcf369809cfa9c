"""Documents: a programme as the words of a template, a template as a finished .docx.

`template` fills, `package` packs, `checks` doubts; only `template` knows docxtpl.
"""
