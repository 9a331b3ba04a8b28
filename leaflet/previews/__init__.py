"""Show pages before they are made: records as pictures.

- ``options``: the options, and which records they select.
- ``sources``: the files that a preview is made from, and fingerprints of their content.
- ``loading``: campaign and lists, read again only if they have changed.
- ``views``: what somebody looks at, and what it looks like.
- ``view_cache``: renders views and keeps them.
- ``picture_files``: writes pictures as files.

Not here: verification of files (``leaflet.verification``). Pages are made by the pipeline of the build.
"""
