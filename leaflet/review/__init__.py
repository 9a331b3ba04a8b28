"""Judge finished PDF files, ours or anybody's: what stands on their pages, rule by rule.

    finished → pieces → reading (PDFium, ZXing) → evidence → rules → faults

``evidence`` what can be known of a page, as plain values · ``reading``, ``codes``, ``lines`` how it is found out ·
``pieces`` each distinct piece is read once · ``finished`` a file and its pages · ``rule``, ``rules/`` what is asked
of them, one module a family · ``judge`` runs the rules over files.

``diff`` what differs between two builds, or two files · ``report`` all of it told in one file.
"""
