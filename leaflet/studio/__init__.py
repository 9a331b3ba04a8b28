"""The window: what its page asks of the program, and the local server between them.

``engine`` calls by name · ``calls`` what each does, those of one station in one module · ``desk`` what they share ·
``folder`` the files of a campaign, with their history and a lock · ``state`` what is remembered beside the campaign
file. Below the calls: ``answers`` with ``questions``; ``school_list`` with ``raw_list``, ``row_states`` and
``list_shown``; ``people``; ``pages`` with ``pictures``; ``findings``; ``making``; ``kept``. ``shown`` says faults in
the window's words.
"""
