"""A template to the program that fills it: its paragraphs and tables, its tags, what each prints."""
