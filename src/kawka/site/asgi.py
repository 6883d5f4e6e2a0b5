"""The one ASGI application: the live stream beside Django's pages, in one process."""

import os

import django
from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawka.site.settings")
django.setup()

application = WSGIMiddleware(get_wsgi_application(), workers=8)  # type: ignore[arg-type]
