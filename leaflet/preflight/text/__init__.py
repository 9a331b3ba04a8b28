"""Find things in the words of a page: addresses, dates, lines to write on, paragraphs, and what is wrong."""
