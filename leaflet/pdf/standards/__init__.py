"""Hold finished files against standards: tags (PDF/UA), and files for the print shop (PDF/X-4).

``pdf_objects`` reads objects that may be damaged · ``content_stream`` parses content streams and follows their state
· ``tags`` checks that structure tree, parent tree and content agree, which no validator does · ``pdfx`` has the rules
for the print shop.
"""
