"""Show pages before they are made: records as pictures.

``picture_files`` draws them once, as files; ``loading`` reads campaign and lists again only if they have changed, for
the window, and says which records an option selects.
"""
