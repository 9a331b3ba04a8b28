"""Judge finished PDF files, made by leaflet or by any other program, as ``leaflet check`` does.

    paths ─ targets → files ─ reader → evidence ─ rules → findings ─ judge → verdict ─ formats → text

1. ``targets`` finds the files and output folders that a command line names.
2. ``reader/`` opens a file and reads each page into plain values, which ``evidence`` defines.
3. ``rules/`` has one module for each family of rules; ``rule`` defines the row of a rule. A rule is a function from a
   page, a file or an output folder to findings.
4. ``judge`` applies the rules to files; ``settings`` reads how a campaign changes them.
5. ``verdict`` collects the faults of all files; ``formats/`` writes them for other programs.

Helpers of rules: ``text/`` finds addresses, dates, lines to write on, paragraphs and spoilt words · ``sheets`` and
``duplex_geometry`` know paper · ``print_runs`` reads packing lists.
"""
