"""Choose the parcels of a delivery, in the order of a print run, and write their list without one."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from leaflet.delivery.options import PostOptions, PostResult
from leaflet.faults import Place, Report, fail
from leaflet.production.inputs import choose_schools, find_campaign, open_inputs
from leaflet.production.materials import Materials
from leaflet.production.packing_list import Parcel, in_delivery_order, write_packing_list
from leaflet.production.staging import Staging
from leaflet.spreadsheet import BOM, csv_line

LIST = "packing-list"
HEADER = ("paquet", "uai", "nom", "adresse", "code_postal", "commune", "exemplaires")


def open_delivery(options: PostOptions) -> tuple[Materials, Report]:
    """Load the campaign and what it names; return it with the report that gets all faults.

    Raises:
        LeafletError: with every fault found; people are chosen (U118), and nothing here is made for people.
    """
    report = options.outcome.begin(options.campaign)
    # `start` is a place on a sheet of labels, and no document is put on its own sheets here
    inputs = open_inputs(replace(options, start=1), find_campaign(options, report))
    if inputs.is_selection:
        raise fail("U118", Place(file=inputs.campaign.file))
    return inputs, report


def choose_parcels(options: PostOptions, inputs: Materials, report: Report) -> list[Parcel]:
    """Return the parcels of the schools asked for, numbered as in a print run; none for schools without copies.

    Raises:
        DataError: there are none (U005).
    """
    schools = choose_schools(options, inputs, report)
    if not options.choice.sort:
        schools = in_delivery_order(schools)
    counted = ((school, options.copies if school.copies is None else school.copies) for school in schools)
    wanted = [(school, copies) for school, copies in counted if copies]
    options.outcome.check_made(len(wanted), keep_going=options.keep_going)
    return [Parcel(number=n, school=school, copies=copies) for n, (school, copies) in enumerate(wanted, 1)]


def write_list(options: PostOptions) -> PostResult:
    """Write the list of parcels, as CSV and as PDF with boxes to tick.

    Raises:
        LeafletError: with every fault found; nothing was written then.
    """
    inputs, report = open_delivery(options)
    parcels = choose_parcels(options, inputs, report)
    with Staging(options.out, replace_others=options.replace_others) as staging:
        with staging.stream(f"{LIST}.csv", (csv_line(HEADER, BOM),)) as file:
            file.writelines(_csv_lines(parcels))
        with staging.stream(f"{LIST}.pdf") as file:
            write_packing_list(file, parcels, inputs, inputs.campaign.documents[0].theme, on_labels=True)
        staging.commit()
    files = (f"{LIST}.csv", f"{LIST}.pdf")
    return PostResult(files=files, schools=len(parcels), out=options.out, faults=tuple(report))


def _csv_lines(parcels: Iterable[Parcel]) -> Iterator[bytes]:
    yield csv_line(HEADER, BOM)
    for parcel in parcels:
        school = parcel.school
        place = (", ".join(school.address), school.postcode, school.town)
        yield csv_line((parcel.number, school.uai, school.name, *place, parcel.copies))
