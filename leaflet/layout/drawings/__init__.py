"""Icons and scenes: drawings kept as SVG files, read here and placed as marks in the colours of a theme.

``drawing`` has the values, ``subset`` says which part of SVG is understood, ``read`` makes values of a file,
``place`` makes marks of them, ``store`` keeps the drawings of a build. Not here: painting (``pdf/paint.py``).
"""
