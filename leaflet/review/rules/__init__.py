"""The rules, one module a family; `RULES` has them all in the order they are asked."""

from leaflet.review.rules import file, text

RULES = (*file.RULES, *text.RULES)
