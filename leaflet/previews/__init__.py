"""Show pages before they are made: records as pictures.

- ``options``: the options, and which records they select.
- ``picture_files``: draws them, once, as files.
- ``sources``: the files that pages are made from, and fingerprints of their content; for the window.
- ``loading``: campaign and lists, read again only if they have changed; for the window.

Not here: verification of files (``leaflet.verification``). Pages are made by the pipeline of the build.
"""
