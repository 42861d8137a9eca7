"""The WSGI application, for gunicorn and its like."""

import os

from django.core.wsgi import get_wsgi_application

from quotetracker.loading import load_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotetracker.settings")
application = get_wsgi_application()
load_all()
