"""What is wrong with a catalogue, a unit's file or a finished document, where, and what to do."""
