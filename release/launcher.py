"""Start the program of the folder that PyInstaller makes: the window without arguments, the command with some.

Somebody who double-clicks on a program gives it no arguments, and has no terminal to read help in.
"""

import multiprocessing
import sys

from platformdirs import user_documents_path

from leaflet.__main__ import main


def window_arguments() -> list[str]:
    """Return the command line of a double click: the window, in French, of a folder in the documents of the user."""
    return ["--lang", "fr", "studio", str(user_documents_path() / "leaflet")]


if __name__ == "__main__":
    multiprocessing.freeze_support()  # this program is also what its own processes are started with
    sys.argv[1:] = sys.argv[1:] or window_arguments()
    main()
