"""The ASGI application."""

import os

from django.core.asgi import get_asgi_application

from quotetracker.loading import load_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotetracker.settings")
application = get_asgi_application()
load_all()
