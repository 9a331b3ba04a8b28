"""Judge finished PDF files, ours or anybody's: what stands on their pages, rule by rule.

    finished → pieces → reading (PDFium, ZXing) → evidence → rules → faults

``evidence`` what can be known of a page, as plain values · ``reading``, ``codes``, ``picture``, ``turning`` how it is
found out · ``pieces`` each distinct piece is read once · ``finished`` a file and its pages · ``printed`` addresses,
``written_dates`` dates, ``asked`` lines to write on, in what a page says · ``carried``, ``revisions`` what a file
holds beside its pages · ``rule``, ``rules/`` what is asked of them, one module a family · ``judge`` runs the rules
over files.

What rules look with: ``wording``, ``paragraphs``, ``overlaps`` at text · ``fonts``, ``cmaps``, ``glyphs`` at
characters · ``sheets``, ``backs`` at paper · ``claims``, ``outline``, ``reading_order``, ``aloud`` at tags ·
``delivery`` at print runs.

``diff`` what differs between two builds, or two files · ``report`` all of it told in one file.
"""
