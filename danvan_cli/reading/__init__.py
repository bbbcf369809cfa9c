"""Finished documents, from Word or plain text, as values to be judged."""
