"""The rules, one module a family; `RULES` lists them in the order in which they are applied."""

from leaflet.preflight.rules import (
    accessibility,
    check_dates,
    check_delivery,
    check_duplex,
    check_expected,
    check_fonts,
    check_links,
    check_memo,
    check_pages,
    check_privacy,
    check_qr,
    check_text,
)

RULES = (
    *check_expected.FILE_RULES,
    *check_expected.RULES,
    *check_links.RULES,
    *check_qr.RULES,
    *check_dates.RULES,
    *check_memo.RULES,
    *check_text.RULES,
    *check_text.AGREEMENT_RULES,
    *check_fonts.IMAGE_RULES,
    *check_fonts.RULES,
    *check_pages.RULES,
    *accessibility.RULES,
    *check_privacy.RULES,
    *check_delivery.RULES,
    *check_duplex.RULES,
)
