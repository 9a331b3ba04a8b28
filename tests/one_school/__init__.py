"""Specification of the example of one school, and of cards on every stock, judged from the finished files alone.

Outside readers look at the files: pikepdf reads what is painted, PDFium where letters are and how a page looks,
ZXing the codes; page-validation, qpdf and poppler add their verdicts. No figure comes from the program: what makers
of stock publish stands here again. Lengths are mm from the top left corner of the page.
"""
