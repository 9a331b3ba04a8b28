"""Label stock as its makers publish it, and where cards lie on a sheet of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.one_school.boxes import Box
from tests.one_school.painting import sizes
from tests.support import tables_of

TOLERANCE = 0.05  # of places on a sheet


@dataclass(frozen=True, slots=True)
class Grid:
    """The division of a sheet by its maker: places, distance of the first from the corner, card, pitch."""

    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float
    pitch_x: float
    pitch_y: float
    cut: bool = False
    edge: bool = False


STOCKS = {name: Grid(*row) for name, row in tables_of(__file__).items()}
MADE_FOR = {"memo-card": (85, 54), "memo-a6": (105, 148.5)}
HEADLINES = {"memo-card": "Leportail", "memo-a6": "Aide-mémoire"}
FLIPS = {"long-edge": "/DuplexFlipLongEdge", "short-edge": "/DuplexFlipShortEdge"}


@dataclass(frozen=True, slots=True)
class Cards:
    """A file of cards: the stock as its maker describes it, and how the sheet is turned."""

    path: Path
    grid: Grid
    flip: str

    @property
    def headline(self) -> str:
        """Return what begins the front of each card, and stands nowhere else on it, without spaces."""
        return HEADLINES["memo-a6" if self.grid.edge else "memo-card"]

    @property
    def fronts(self) -> range:
        """Return the numbers of the pages that are fronts."""
        return range(0, len(sizes(self.path)), 2)

    def places(self, *, back: bool) -> list[Box]:
        """Return where the sheet is cut, as it is looked at: of a back, the front's places seen through the paper."""
        grid = self.grid
        places = []
        for row in range(grid.rows):
            for column in range(grid.columns):
                x, y = grid.left + column * grid.pitch_x, grid.top + row * grid.pitch_y
                if back and self.flip == "long-edge":
                    x = 210 - x - grid.width
                elif back:
                    y = 297 - y - grid.height
                places.append(Box(x, y, x + grid.width, y + grid.height))
        return places

    def pages(self) -> Iterator[tuple[int, list[Box]]]:
        for page in range(len(sizes(self.path))):
            yield page, self.places(back=page % 2 == 1)
