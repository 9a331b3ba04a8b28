"""The functions that programs call: the command line and the window call them, too.

    build, print_run    make files
    check               judges campaigns and finished files
    columns             says what a list has
    preview             draws pages as pictures
    post                makes what goes out with the files
    read_manifest       reads the list of a build's files
    keywords            what all of them may be told

``import leaflet`` has them all. Each is in a module of its own, so that none waits for the libraries of another.
"""
