"""The checks, a module a family; each yields findings and decides nothing else."""
