"""Agency cells: the names in them, their roles, the bounds between them."""
