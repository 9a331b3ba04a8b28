"""What somebody looks at, and what there is to see: values that workshop, page and server hand on."""

from msgspec import Struct

from leaflet.faults import Fault
from leaflet.preview.render import Picture
from leaflet.tables import School


class View(Struct, frozen=True, kw_only=True):
    """What somebody looks at.

    Args:
        document: its name; empty for the campaign's first one.
        record: a UAI or a line of the list; empty for the first record asked for.
        zoom: percent of the pictures' usual size.
    """

    document: str = ""
    record: str = ""
    zoom: int = 100


class Around(Struct, frozen=True, kw_only=True):
    """Where a view stands: the campaign's documents, and the schools before and after it.

    Args:
        position: of the school among `total`, from 1; 0 if it is none of them.
    """

    documents: tuple[str, ...]
    first: School
    longest: School
    shortest: School
    previous: School | None
    next: School | None
    position: int
    total: int


class Shown(Struct, frozen=True, kw_only=True):
    """A view as it is now.

    Args:
        number: grows with every view made.
        document: of the pictures; empty if none was ever made.
        school: whose pictures they are.
        is_personal: whether they show names of people.
        dpi: of the pictures.
        pages: in all; there may be more than pictures.
        faults: what is wrong, errors first.
        others: faults of other rows than the school's.
        is_outdated: whether the pictures are of before the errors.
        seconds: it took to make.
        changed: which of inputs, template, theme had changed since the last time; empty for the first.
    """

    number: int
    document: str = ""
    school: School | None = None
    is_personal: bool = False
    dpi: int = 0
    pictures: tuple[Picture, ...] = ()
    pages: int = 0
    faults: tuple[Fault, ...] = ()
    others: int = 0
    around: Around | None = None
    is_outdated: bool = False
    seconds: float = 0.0
    changed: tuple[str, ...] = ()

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.severity == "error"]
