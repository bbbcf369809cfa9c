"""Files to values: YAML read as plain text, every value with its place, faults as findings."""
