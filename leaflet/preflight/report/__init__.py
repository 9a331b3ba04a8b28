"""Report on a build in one HTML file and a Markdown summary: files, readers, faults, changes.

    make      all steps in order                               gallery     the pages that are shown, as small pictures
    facts     campaign, lists and faults → figures             changes     a baseline → what differs
    html      all texts and values, as HTML and as Markdown    review      what a proposed change makes of a campaign

Nothing here asks a clock: the same files give the same bytes. Files with names are counted and judged; none of
their pages is shown.
"""
