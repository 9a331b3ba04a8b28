"""Make the files: plan, render, verify, write, list. A build is a transaction: all of it or nothing.

A build, in its order: ``build_options`` the options and the result · ``inputs`` all that is read, validated before
the first page · ``materials`` the same in memory · ``origins`` digests of what a file is made from · ``plan`` the
files to be made, and why · ``worker`` batches of files, in this process · ``processes`` in several · ``document`` one
document's steps · ``pipeline`` those steps in their order · ``staging``, ``folder_store`` and ``archive`` the place
of the files · ``manifest`` the list of them · ``build`` all of it · ``shards`` a build in parts.

Beside it: ``screens/`` what is read on screens · ``print_runs`` and ``packing_list`` one file of all schools ·
``delivery/`` what goes out with the files · ``preview`` pages as pictures · ``campaign_check`` a build without
writing · ``outcome`` and ``fault_lists`` the faults of a build · ``schemas`` what editors and programs are told.
"""
