"""The one server of the program, for browsers of this machine alone.

- ``guard``: who may ask for what, and what browsers may do with the answers.
- ``serve``: a server with a thread of its own.

What is served comes from the window. Nothing here connects to anything.
"""
