"""Write the table from which another program makes e-mails (mail merge): a CSV as French spreadsheets open it."""

from leaflet.delivery.letters import Sendings
from leaflet.delivery.options import PostOptions, PostResult
from leaflet.production.staging import Staging
from leaflet.spreadsheet import BOM, as_lines, csv_line

HEADER = ("destinataire", "etablissement", "commune", "uai", "objet", "texte", "piece_jointe")


def write_table(options: PostOptions) -> PostResult:
    """Write one row for each school: recipient, school, town, UAI, subject, text, and the file relative to `out`.

    Raises:
        LeafletError: with every fault found; nothing was written then.
    """
    sendings = Sendings(options)
    name, count = f"mail-merge-{sendings.document.name}.csv", 0
    with Staging(options.out, replace_others=options.replace_others) as staging:
        head = csv_line(HEADER, BOM)
        with staging.stream(name, (head,)) as file:
            file.write(head)
            for sending in sendings:
                school, letter = sending.school, sending.letter
                cells = (school.email, school.name, school.town, school.uai, letter.subject, letter.text)
                file.write(csv_line((*cells, sending.entry.file), guard=as_lines))
                count += 1
        options.outcome.check_made(count, keep_going=options.keep_going)
        staging.commit()
    return PostResult(files=(name,), schools=count, out=options.out, faults=tuple(sendings.report))
