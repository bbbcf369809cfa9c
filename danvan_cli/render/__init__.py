"""Documents: a programme as the content of a paper, a template as a finished .docx.

`context` makes the content, `prepare` reads a template once, `template` fills it. Only what
prepares imports lxml and Jinja.
"""
