"""Find what differs between two builds or two PDF files, page by page: words, links, pictures.

compare_builds  two paths → a `Comparison`, and pictures     pages_drawn  one page and its partner, as pictures
pdf_file        pages, links and properties of a file        word_changes the texts of two pages
content         equal pages, found without drawing           piecewise    two files of ours, by what differs alone
differences     the findings, and their JSON                 with_expected a file held against its campaign's
"""
