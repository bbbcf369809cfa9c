"""The city's catalogue and a unit's file to the unit's programme, each step recording what it did."""
