"""Judge finished PDF files, made by leaflet or by any other program; compare them; report on them.

    paths ─ targets → files ─ pdf/ → evidence ─ rules/ → findings ─ judge → verdict ─ formats/ → text

1. ``targets`` finds the files and output folders that a command line names.
2. ``pdf/`` opens a file and reads each page into plain values, which ``pdf/evidence`` defines.
3. ``rules/`` has one module for each family of rules; ``rule`` defines the row of a rule. A rule is a function
   from a page, a file or an output folder to findings.
4. ``judge`` applies the rules to files; ``rule_settings`` reads how a campaign changes them.
5. ``verdict`` collects the faults of all files; ``formats/`` writes them for other programs.

``compare/`` finds what differs between two builds; ``report/`` puts verdict, pictures and changes on one page.
"""
