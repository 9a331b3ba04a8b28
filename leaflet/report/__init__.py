"""What was built, for whom, what is wrong with it and what changed: one HTML file and a Markdown summary.

    output    a folder and its manifest → files       facts      campaign and lists → what the head says
    gallery   pages of one look → which are shown     pictures   pages and PNG files → small pictures
    grouped   faults → rules with places              changes    a baseline → what differs
    words     texts in both languages                 page, summary   values → HTML, Markdown
    make      all of it in order

Nothing here asks a clock: the same files give the same bytes. Files with names are counted and judged; none of
their pages is shown.
"""

from leaflet.report.make import ReportOptions, ReportResult, make_report

__all__ = ["ReportOptions", "ReportResult", "make_report"]
