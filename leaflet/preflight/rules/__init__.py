"""The rules, one module a family; `RULES` lists them in the order in which they are applied."""

from leaflet.preflight.rules import (
    check_accessibility,
    check_dates,
    check_duplex,
    check_file,
    check_fonts,
    check_links,
    check_memo,
    check_page,
    check_privacy,
    check_qr,
    check_run,
    check_text,
)

RULES = (
    *check_file.FILE_RULES,
    *check_file.RULES,
    *check_links.RULES,
    *check_qr.RULES,
    *check_dates.RULES,
    *check_memo.RULES,
    *check_text.RULES,
    *check_text.AGREEMENT_RULES,
    *check_fonts.IMAGE_RULES,
    *check_fonts.RULES,
    *check_page.RULES,
    *check_accessibility.RULES,
    *check_privacy.RULES,
    *check_run.RULES,
    *check_duplex.RULES,
)
