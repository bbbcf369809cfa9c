"""Rules DV3xx: deadlines."""
