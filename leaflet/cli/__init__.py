"""The command line: parse options, run a command, print its result and end with an exit code.

Each command has a module of its name (``merge`` is in ``build``); ``command`` lists them. The others help them:
``options`` parses what several commands share, ``outcome`` reports faults at the end, ``terminal`` prints faults,
``verdict`` those of ``check``, ``progress`` and ``events`` show how far a command is, ``messages`` has the texts,
``language`` and ``french`` put help and click's own words into French,
``signals`` handles Ctrl-C, SIGTERM and SIGHUP.

Exit codes: 0 done · 1 campaign, links or tables are wrong, or rows were left out · 2 usage · 3 template ·
4 rendering, verification, or a file that cannot be read · 5 files that were compared differ.

Not here: layout and PDF.
"""

from leaflet.cli.command import main

__all__ = ["main"]
