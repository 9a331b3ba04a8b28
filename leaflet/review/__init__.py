"""Make what a reviewer of a proposed change looks at, in one folder: for CI jobs, and before a push.

    review        all steps in order
    base          the commit that is compared with, checked out for as long as its campaign is built
    attachments   PDFs and pictures of what changed, never of files with names
    findings      the faults, in the formats that code hosts show

One command serves GitHub, GitLab and any other host: a recipe only says where things are, and what is to be kept.
"""

from leaflet.review.attachments import Attached, WhichPdf
from leaflet.review.review import ReviewOptions, ReviewResult, make_review

__all__ = ["Attached", "ReviewOptions", "ReviewResult", "WhichPdf", "make_review"]
