"""Citations of legal documents: type, number, symbol, date, issuer, name."""
