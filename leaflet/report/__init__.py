"""Report on a build in one HTML file and a Markdown summary: files, readers, faults, changes.

    make      all steps in order                            output    a folder and its manifest → files
    gallery   the pages that are shown, as small pictures   facts     campaign, lists and faults → figures
    changes   a baseline → what differs                     content   all texts and values of a report
    formats   content → HTML, Markdown                      inks      colours of a theme on a press

Nothing here asks a clock: the same files give the same bytes. Files with names are counted and judged; none of
their pages is shown.
"""

from leaflet.report.make import ReportOptions, ReportResult, make_report

__all__ = ["ReportOptions", "ReportResult", "make_report"]
