"""See pages before they are made: one record as pictures, and again whenever something it is made from changes.

``choose`` which records · ``render`` pages to pictures · ``sources`` the files a preview is made from, by content ·
``loading`` campaign and lists, read again only if they changed · ``shown`` what is
looked at and what there is to see · ``workshop`` a view made, or made anew · ``once`` pictures as files ·
``watch`` who looks at what, and the look-out for changes · ``page`` what the browser shows · ``server`` the only
place that knows HTTP.

What is not here: verification of files (``leaflet.verification``), and any other way of making
pages than the build's.
"""
