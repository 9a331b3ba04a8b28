"""Rules for files of the print shop (PDF/X-4): ``rules`` lists them; the other modules check them."""
