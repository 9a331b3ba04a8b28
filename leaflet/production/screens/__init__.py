"""Make what is read on screens, of the same markup as what is printed: pages, texts and calendars, one a school.

``maker`` renders a school's markup and writes its file · ``column`` reads it in one column, and writes it as a text
to paste · ``web_page`` as a page for a telephone, without script or request · ``calendar`` as entries for a calendar.
What stands on a screen as what is in ``assets/screens/elements.toml``.
"""
