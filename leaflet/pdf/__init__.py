"""Write files: from faces with everything in its place to the bytes of a tagged PDF/UA-1, PDF/A-2a file.

The only room that knows points, operators and reportlab. ``engine`` imports reportlab without letting the user's
settings in · ``objects`` PDF syntax · ``fonts_embedded`` one subset a build · ``paint`` marks to operators ·
``metadata`` XMP and document information · ``master`` what all files of a build share · ``chunks`` one placed piece
as objects · ``writer`` a record's file · ``print_run_file`` and ``streamed`` long ones. ``verify_file`` and its
neighbours reopen what was written and verify it by other means; ``standards/`` says whether a file keeps its
standard.
"""
