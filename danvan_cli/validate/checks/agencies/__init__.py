"""Rules DV4xx: agencies."""
