"""Read a finished PDF file into plain evidence: its pages' pieces, texts, pictures, codes, fonts, tags and links."""
