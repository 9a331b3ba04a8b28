"""Start the command line: ``leaflet``, or ``python -m leaflet``.

The garbage collector is off while the program is imported, because what is imported stays until the end;
`leaflet.cli.command` switches it on when it runs a command. At the exit nothing is collected: the process frees it.
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
