"""How a Word file looks as it takes effect: pages, paragraphs, letters and drawn lines."""
