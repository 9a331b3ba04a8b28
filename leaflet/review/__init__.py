"""What is looked at before anything is printed or sent: finished files, never what they are made from.

``diff`` what differs between two builds, or two files.
"""
