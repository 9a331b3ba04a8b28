"""Per-school PDF leaflets for the French élections professionnelles.

The command line (``leaflet.cli``) is the front door; ``ARCHITECTURE.md`` draws the rooms behind it.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
