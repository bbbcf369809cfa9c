"""Starting points: a new city, a city's new year, a unit's file for that year. Texts, not files."""
