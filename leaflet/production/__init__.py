"""Make the files: plan, render, verify, write, list. A build is a transaction: all of it or nothing.

A build, in its order: ``options`` the options and the result · ``inputs`` all that is read, validated before the
first page · ``materials`` the same in memory · ``origins`` digests of what a file is made from · ``plan`` the files
to be made, and why · ``executors`` the processes or machines that make them · ``worker`` a batch of files ·
``document`` one document's steps · ``pipeline`` those steps in their order · ``storage`` and ``staging`` the place
of the files · ``manifest`` the list of them · ``build`` all of it · ``shards`` a build in parts.

Beside it: ``print_run``, ``bundles``, ``packing_list`` one file of all schools · ``profiles`` colours of a press ·
``pictures`` the campaign's bitmaps · ``alphabet`` the characters of a build · ``campaign_check`` a build without
writing · ``outcome``, ``record_faults``, ``fault_files``, ``marked_copy`` the faults of a build · ``columns`` the
mapping of a list's columns · ``calibration`` a printer's offset · ``purge`` removal of files with names.
"""
