"""Rules DV6xx: documents and templates."""
