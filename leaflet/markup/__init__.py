"""Fill a template with a record's values: what comes out is a flow of blocks that remember their line.

``record_values`` what a template sees of campaign and school · ``mailbox`` the way to the mailbox · ``render`` fills
the template (Jinja2, in ``sandbox``) · ``vocabulary`` the words a template may use · ``flow`` splits what came out
into containers and blocks · ``parse`` turns one block into a tree of elements. No lengths, no fonts, no PDF.
"""
