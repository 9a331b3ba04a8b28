"""Open a finished PDF file and read each of its pages into plain evidence."""
