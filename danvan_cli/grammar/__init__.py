"""Readers of the three kinds of phrase in a task table: deadlines, citations, agency cells."""
