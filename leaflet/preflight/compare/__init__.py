"""Find what differs between two builds or two PDF files, page by page: words, links, pictures.

compare_builds       two paths → a `Comparison`              builds       which files belong together
pdf_file             pages, links and properties of a file   pages_drawn  one page and its partner, as pictures
content              equal pages, found without drawing      word_changes the texts of two pages
pictures_of_changes  old page, new page and both as PNG      differences  the findings, and their JSON
with_expected        a file held against its campaign's      piecewise    two files of ours, by what differs alone
"""
