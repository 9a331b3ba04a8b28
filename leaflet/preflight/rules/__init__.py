"""The rules, one module a family; `RULES` lists them in the order in which they are applied."""

from leaflet.preflight.rule import rules
from leaflet.preflight.rules import (  # noqa: F401 - each adds its rules
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

RULES = rules.in_order()
