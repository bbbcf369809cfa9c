"""Rules DV7xx: wording."""
