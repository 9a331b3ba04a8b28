"""Write what goes out with finished files: drafts of e-mails, a table for mail merge, labels, a list.

Nothing is sent: the files are for a mail program, a printer, a person with a pen.
"""
