"""The rules, one module a family; `RULES` lists them in the order in which they are applied."""

from leaflet.preflight.rules import (
    check_accessibility,
    check_dates,
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
    *check_file.rules,
    *check_links.rules,
    *check_qr.rules,
    *check_dates.rules,
    *check_memo.rules,
    *check_text.rules,
    *check_fonts.image_rules,
    *check_fonts.rules,
    *check_page.rules,
    *check_accessibility.rules,
    *check_privacy.rules,
    *check_run.rules,
    *check_page.duplex_rules,
)
