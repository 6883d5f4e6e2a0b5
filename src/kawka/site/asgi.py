"""The one ASGI application; what it is made of is imported once Django is set up."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawka.site.settings")
django.setup()

from kawka.site.serving import serve as application  # noqa: E402

__all__ = ["application"]
