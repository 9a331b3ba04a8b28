"""``leaflet``, and ``python -m leaflet``: a start that does not look for what cannot be there.

What a program is made of stays until its end and is no garbage: the collector begins with what a command makes
(`leaflet.cli.command`), and at the end what is left goes with the process.
"""

import atexit
import gc


def main() -> None:
    """Run the command line; see `leaflet.cli`."""
    gc.disable()
    atexit.register(gc.freeze)
    from leaflet.cli import main as run

    run()


if __name__ == "__main__":
    main()
