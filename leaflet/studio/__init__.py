"""Answer the calls of the window's page, and change the folder of a campaign as they ask.

``engine`` has the calls by name, ``calls/`` what each does; ``context`` what they share, ``folder`` the files of a
campaign with their history and a lock, ``campaign_state`` what is remembered beside the campaign file. Below the
calls, one station of the page after the other: ``answers``; ``school_list`` with ``raw_list``, ``row_states`` and
``list_view``; ``people``; ``document_list`` with ``page_pictures``; ``findings_view``; ``making`` with
``made_files``. ``json_values`` says faults in the window's words; ``server`` and ``browser_edition`` hand calls on.
"""
