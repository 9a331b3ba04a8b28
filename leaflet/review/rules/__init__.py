"""The rules, one module a family; `RULES` has them all in the order they are asked."""

from leaflet.review.rules import accessibility, file, fonts, images, page, run, text

RULES = (*file.RULES, *text.RULES, *images.RULES, *fonts.RULES, *page.RULES, *accessibility.RULES, *run.RULES)
