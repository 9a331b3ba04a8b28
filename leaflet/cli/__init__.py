"""Parse what was typed, run a command, print its result and end with an exit code.

``command`` lists the commands, which stand in ``commands/``. The others help them: ``options`` parses what several
commands share, ``outcome`` reports faults at the end, ``terminal`` prints faults, ``progress`` shows how
far a command is, ``language`` says what they print, help and click's own words in English or French.

Exit codes: 0 done · 1 campaign, links or tables are wrong, or rows were left out · 2 usage · 3 template ·
4 rendering, verification, or a file that cannot be read · 5 files that were compared differ.
"""

from leaflet.cli.command import main

__all__ = ["main"]
