"""The command line: options in, exit codes out. It knows nothing of layout or PDF.

Exit codes: 0 done · 1 campaign, links or tables are wrong, or rows were left out · 2 usage · 3 template ·
4 rendering, verification, or a file that cannot be read · 5 files that were compared differ.
"""

from leaflet.cli.command import main

__all__ = ["main"]
