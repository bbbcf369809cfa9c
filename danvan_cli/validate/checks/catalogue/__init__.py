"""Rules DV1xx and DV2xx: the catalogue and the units' files."""
