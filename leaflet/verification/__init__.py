"""Reopen what was written and judge it, by other means than those that made it.

``verify`` what every build checks of its own files · ``structure`` whether structure tree, parent tree and
marked content agree, which no validator looks at.
"""
