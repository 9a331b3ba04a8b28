"""Hold finished files against standards: tags (PDF/UA), and files for the print shop (PDF/X-4)."""
