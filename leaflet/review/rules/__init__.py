"""The rules, one module a family; `RULES` has them all in the order they are asked."""

from leaflet.review.rule import Rule
from leaflet.review.rules import accessibility, duplex, file, fonts, images, page, run, text

_FAMILIES = (file, text, images, fonts, page, accessibility, run, duplex)

RULES: tuple[Rule, ...] = tuple(rule for family in _FAMILIES for rule in family.RULES)
