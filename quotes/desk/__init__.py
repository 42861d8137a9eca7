"""The review desk: an article with all its quotes on one page, decided about by key.

It reads here; what an editor decides its page sends to the API's review/quotes/, by the session of the admin
site.
"""
