"""Read icons and scenes, which are kept as SVG files, and place them as marks in the colours of a theme.

``drawing`` has the values, ``svg_subset`` says which part of SVG is understood, ``parse_svg`` makes values of a file,
``placing`` makes marks of them, ``store`` keeps the drawings of a build. Painting is in ``pdf/paint.py``.
"""
