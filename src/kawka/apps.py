"""The one Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KawkaConfig(AppConfig):
    name = "kawka"
    label = "kawka"
    verbose_name = _("Kawka")
