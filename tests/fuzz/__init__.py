"""Random faults in everything danvan reads; see __main__.py."""
