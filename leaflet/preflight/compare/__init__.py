"""Find what differs between two builds or two PDF files, page by page: words, links, pictures.

compare_builds  two paths → a `Comparison`, and pictures     builds       which files belong together
pdf_file        pages, links and properties of a file        pages_drawn  one page and its partner, as pictures
content         equal pages, found without drawing           word_changes the texts of two pages
differences     the findings, and their JSON                 piecewise    two files of ours, by what differs alone
with_expected   a file held against its campaign's
"""
