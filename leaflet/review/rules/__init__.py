"""The rules, one module a family; `RULES` has them all in the order they are asked."""

from leaflet.review.rules import file, links, text

RULES = (*file.RULES, *links.RULES, *text.RULES)
