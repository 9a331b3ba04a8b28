"""Holds the number of this release: a change of what the program promises counts up its first part."""

__version__ = "0.1.0"
