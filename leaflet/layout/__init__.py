"""Decide where everything goes: sizes, line breaks, places, whether it fits. No canvas, no PDF.

``theme`` design tokens · ``fonts`` measures of letters · ``lines`` line breaking · ``marks`` what can be drawn, as
data · ``piece`` a block that is laid out · ``blocks/`` one function a word of the vocabulary · ``drawings/`` icons
and scenes · ``qr_matrix`` codes · ``arrange`` sizes of blocks to places · ``page`` pieces onto pages, copy-fit.
"""
