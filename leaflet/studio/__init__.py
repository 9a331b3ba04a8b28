"""The window: what its page asks of the program, and the local server between them.

``server`` hands calls on and sends files · ``engine`` the calls by name · ``folder`` the files of a campaign, with
their history and a lock · ``state`` what is remembered beside the campaign file · ``kept`` what can be erased ·
``shown`` faults in the window's words · and one module for each station: ``answers`` with ``questions``,
``school_list``, ``people``, ``pages`` with ``pictures``, ``findings``, ``making``.
"""
