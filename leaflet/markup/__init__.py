"""Text in, values out: a template filled with a record becomes a flow of blocks that remember their line.

``render`` fills a template (Jinja2, sandboxed) · ``vocabulary`` lists the words a template may use ·
``flow`` splits what came out into containers and blocks · ``parse`` turns one block into a tree of elements ·
``typography`` knows French spacing. No lengths, no fonts, no PDF.
"""
