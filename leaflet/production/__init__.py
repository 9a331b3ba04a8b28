"""Make the files: plan, render, verify, write, list. A build is a transaction: all of it or nothing.

The way of a build: ``job`` the options and the result · ``inputs`` all that is read, checked at the door ·
``origins`` what a file is made from · ``plan`` what has to be made, and why · ``executors``, ``processes``,
``cluster`` who makes it · ``worker`` a chunk of files · ``make`` one document's pipeline, from a school to a
file's bytes · ``composing`` a record laid out · ``imposing`` records onto sheets · ``stores`` where files go ·
``manifest`` the list of them · ``run`` all of it · ``shards`` builds in parts.

Beside it: ``print_run``, ``bundles``, ``packing`` one file of all schools · ``profiles`` colours of a press ·
``pictures`` the campaign's bitmaps · ``alphabet`` the characters of a build · ``staging`` files under temporary
names, renamed together at the end · ``checking`` without writing · ``outcome``, ``fault_files``,
``marked_copy`` faults told · ``columns`` mappings kept · ``calibration`` a printer's offset · ``purge`` files
with names removed.
"""
