"""The tables of a run as Markdown, with what must be said under them."""

from collections.abc import Sequence
from statistics import median

from results import markdown_table

from peers.rounds import Row

HEADER = (
    "peer",
    "release",
    "tagged",
    "ms",
    "least–most",
    "of the processor",
    "times Typst",
    "KiB",
    "peak MiB N/2 → N",
    "start-up s",
    "leaflets",
)
TYPST, WEASYPRINT, OURS, COPY = "typst tagged", "weasyprint tagged", "leaflet verified", "copy"


def format_rows(rows: Sequence[Row]) -> str:
    """A table, then what was found under it: what differs from the leaflet asked for, and who did not run."""
    done = [row for row in rows if row.samples and not row.problem]
    typst = _ms(done, TYPST)
    parts = [markdown_table(HEADER, [_cells(row, typst) for row in done], left=3)]
    remarks = [f"- {row.entry.label}: {row.problem}." for row in rows if row.problem]
    remarks += [f"- {row.entry.label}: sample differs: {'; '.join(row.faults)}." for row in done if row.faults]
    remarks += [f"- {row.entry.label}: {row.entry.note}." for row in done if row.entry.note]
    return "\n\n".join([*parts, "\n".join(remarks)] if remarks else parts)


def format_ratios(files: Sequence[Row], merged: Sequence[Row]) -> str:
    """Sum up the tables for ours, verified, in ratios of this run."""
    said = []
    for rows, what in ((files, "a file for each school"), (merged, "one file of all")):
        ours = _ms(rows, OURS)
        for label in (TYPST, WEASYPRINT, "fullbleed compiled"):
            if ours and (theirs := _ms(rows, label)):
                said.append(f"- {what}: {theirs / ours:.2f} times as fast as {label}")
        if ours and (floor := _ms(rows, COPY)):
            said.append(f"- {what}: {ours / floor:.2f} times the copy floor")
    return "\n".join(said)


def _ms(rows: Sequence[Row], label: str) -> float:
    """Median milliseconds of a row; 0 if it did not run."""
    return next((row.ms for row in rows if row.entry.label == label and row.samples and not row.problem), 0.0)


def _cells(row: Row, typst: float) -> tuple[str, ...]:
    """One line of the table."""
    last = row.samples[-1]
    times = sorted(sample.ms for sample in row.samples)
    return (
        row.entry.label,
        last.version or "–",
        _tagged(row),
        f"{row.ms:.3f}",
        f"{times[0]:.3f}–{times[-1]:.3f}",
        f"{median(sample.processor_ms for sample in row.samples):.3f}",
        f"{row.ms / typst:.3f}" if typst else "–",
        f"{last.bytes_per_leaflet / 1024:.1f}",
        _memory(row),
        f"{median(sample.start_up_s for sample in row.samples):.2f}",
        str(last.files),
    )


def _memory(row: Row) -> str:
    """Peak memory after N/2 and N leaflets, and whether it grows."""
    half = median(sample.peak_half_mib for sample in row.samples)
    full = median(sample.peak_full_mib for sample in row.samples)
    if not full:
        return "unknown"
    return f"{half:.0f} → {full:.0f} {'grows' if full > max(half * 1.02, half + 2) else 'flat'}"


def _tagged(row: Row) -> str:
    """Whether the sample is tagged, and the standards it claims."""
    if row.entry.peer == "copy":
        return "–"
    if row.verdict is None:
        return "?"
    return " ".join(filter(None, ("yes" if row.verdict.tagged else "no", row.verdict.standards)))
