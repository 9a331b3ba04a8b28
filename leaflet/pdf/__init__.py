"""Writes files: from faces with everything in its place to the bytes of a tagged PDF/UA-1 + PDF/A-2a file.

The only room that knows points, operators and reportlab. ``engine`` imports reportlab without letting the
user's settings in · ``objects`` PDF syntax · ``fonts`` one subset a build · ``paint`` marks to operators ·
``metadata`` XMP and document information · ``master`` what all files of a build share · ``chunks`` one placed
piece as objects · ``writer`` a record's file.
"""
