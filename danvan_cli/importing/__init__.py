"""A finished paper back to YAML: its tasks aligned with a catalogue, what differs as changes."""
