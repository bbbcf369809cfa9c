"""The papers as Word and a printer see them: variations, the Open XML SDK, the ink of their pages."""
