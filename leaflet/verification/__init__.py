"""Reopen what was written and verify it, by other means than those that made it.

``file`` verifies the files of a build, ``print_run`` the one file of a print run; ``codes`` decodes their QR codes.
"""
