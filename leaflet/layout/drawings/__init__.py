"""Read icons and scenes, which are kept as SVG files, and place them as marks in the colours of a theme.

``parse_svg`` makes values of a file in the part of SVG that is understood, ``placing`` makes marks of them, ``store``
keeps the drawings of a build.
"""
