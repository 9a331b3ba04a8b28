"""Write files: from faces with everything in its place to the bytes of a tagged PDF/UA-1, PDF/A-2a file.

The only room that knows points, operators and reportlab. ``verify_file`` and its neighbours reopen what was written
and verify it by other means; ``standards/`` says whether a file keeps its standard.
"""
