"""Tests write into temporary folders, and read static files straight from their sources."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


def pytest_configure(config: pytest.Config) -> None:
    """Points the settings away from a real instance's data before anything reads them."""
    temporary = tempfile.TemporaryDirectory(prefix="kawka-tests-")
    config.add_cleanup(temporary.cleanup)
    folder = Path(temporary.name)
    settings.DATA = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True, scope="session")
def no_variables_of_a_real_instance() -> Iterator[None]:
    """Servers and commands that tests start see none of the caller's Kawka settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("KAWKA_"):
                patch.delenv(name)
        yield
