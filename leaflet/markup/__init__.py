"""Fill a template with a record's values: what comes out is a flow of blocks that remember their line.

No lengths, no fonts, no PDF.
"""
