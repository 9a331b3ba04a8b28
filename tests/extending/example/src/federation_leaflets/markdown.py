"""The findings of a check as a Markdown table."""

from leaflet.extending import Findings, Output


def write(findings: Findings) -> str:
    """Return one row for each fault."""
    rows = ["| | | |", "| --- | --- | --- |"]
    for checked in (*findings.campaigns, *findings.outputs, *findings.files):
        for fault in checked.faults:
            place = fault.path if fault.page is None else f"{fault.path}, page {fault.page}"
            rows.append(
                "| " + " | ".join(text.replace("|", "\\|") for text in (place, fault.code, fault.reason)) + " |"
            )
    return "\n".join(rows) + "\n"


MARKDOWN = Output(api=1, write=write)
