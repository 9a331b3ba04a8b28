"""Decide where everything goes: sizes, line breaks, places, whether it fits. No canvas, no PDF.

``theme`` design tokens · ``lines`` line breaking · ``marks`` what can be drawn, as data · ``piece`` a laid-out
block and how one is built · ``blocks/`` one function a word of the vocabulary · ``qr`` matrices ·
``page`` pieces onto pages, copy-fit.
"""
