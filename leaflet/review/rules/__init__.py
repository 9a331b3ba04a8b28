"""The rules, one module a family; `RULES` has them all in the order they are asked."""

from leaflet.review.rules import dates, file, links, memo, privacy, qr, text

RULES = (
    *file.RULES,
    *links.RULES,
    *qr.RULES,
    *dates.RULES,
    *memo.RULES,
    *text.RULES,
    *privacy.RULES,
)
