"""Deadlines as written to values: the phrase, its parts and what they mean."""
