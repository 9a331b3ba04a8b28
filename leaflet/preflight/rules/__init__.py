"""The rules, one module a family; `RULES` lists them in the order in which they are applied."""

from leaflet.preflight.rules import (
    accessibility,
    agreement,
    dates,
    delivery,
    duplex,
    expected,
    file,
    fonts,
    images,
    links,
    memo,
    page,
    privacy,
    qr,
    text,
)

RULES = (
    *file.FILE_RULES,
    *expected.RULES,
    *links.RULES,
    *qr.RULES,
    *dates.RULES,
    *memo.RULES,
    *text.RULES,
    *agreement.AGREEMENT_RULES,
    *images.IMAGE_RULES,
    *fonts.RULES,
    *page.RULES,
    *accessibility.RULES,
    *privacy.RULES,
    *delivery.RULES,
    *duplex.RULES,
)
