"""Show pages before they are made: records as pictures, again whenever a file they are made from changes.

- ``options``: the options, and which records they select.
- ``sources``: the files that a preview is made from, and fingerprints of their content.
- ``loading``: campaign and lists, read again only if they have changed.
- ``views``: what somebody looks at, and what it looks like.
- ``view_cache``: renders views and keeps them.
- ``picture_files``: writes pictures as files.
- ``watch``: renders open views again when files change.
- ``page``: the HTML page that a browser shows.
- ``server``: serves the page; only this module uses HTTP.

Not here: verification of files (``leaflet.verification``). Pages are made by the pipeline of the build.
"""
