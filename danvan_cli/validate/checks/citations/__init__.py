"""Rules DV5xx: citations of legal documents."""
