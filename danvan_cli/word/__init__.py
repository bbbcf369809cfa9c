"""The .docx package: its parts, relations and soundness."""
