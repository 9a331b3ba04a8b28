"""Rules for files of the print shop (PDF/X-4, PDF/VT-1): ``rules`` has them all, with their sources.

``interpreter`` reads the content of pages, ``stream_walker`` one stream, ``operators`` what each operator does to the
``state``; ``pages``, ``objects``, ``images``, ``inks``, ``functions``, ``marks``, ``metadata`` and ``vt`` check.
"""
