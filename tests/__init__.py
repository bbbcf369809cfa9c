"""The tests, one folder for each package of danvan_cli."""
