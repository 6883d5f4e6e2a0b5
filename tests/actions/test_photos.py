"""A photo is one file, named after what is in it."""

import pytest
from django.core.files.storage import default_storage

from kawka.actions.photos import set_photo
from tests.factories import NOON


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_earlier_file_goes_and_the_same_photo_changes_nothing(ben, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = set_photo(person=ben, content=b"one", by=ben, now=NOON).photo.name
        second = set_photo(person=ben, content=b"two", by=ben, now=NOON).photo.name
        again = set_photo(person=ben, content=b"two", by=ben, now=NOON).photo.name

    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    assert second == again != first
