"""Make the files: plan, render, verify, write, list. A build is a transaction: all of it or nothing.

``job`` the options and the result · ``inputs`` all that is read, checked at the door · ``make`` one document's
pipeline, from a school to a file's bytes · ``imposing`` records onto sheets · ``profiles`` colours of a press ·
``pictures`` the campaign's bitmaps · ``alphabet`` the characters of a build · ``staging`` files under temporary
names, renamed together at the end · `X"""
