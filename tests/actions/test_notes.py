import pytest

from kawka.actions.notes import NotAboutYourself, write_note
from kawka.models import Note
from tests.factories import NOON


def test_a_note_is_kept_once_for_each_owner_and_person(ada, ben):
    write_note(owner=ada, about=ben, text="Lubi żagle", now=NOON)
    write_note(owner=ada, about=ben, text=" Lubi żagle i góry ", now=NOON)
    write_note(owner=ben, about=ada, text="Zna drukarza", now=NOON)

    assert list(Note.objects.order_by("pk").values_list("owner", "about", "text")) == [
        (ada.pk, ben.pk, "Lubi żagle i góry"),
        (ben.pk, ada.pk, "Zna drukarza"),
    ]


def test_an_empty_note_forgets_the_old_one(ada, ben):
    write_note(owner=ada, about=ben, text="Lubi żagle", now=NOON)

    assert write_note(owner=ada, about=ben, text="  ", now=NOON) is None
    assert not Note.objects.exists()


def test_nobody_writes_a_note_on_themselves(ada):
    with pytest.raises(NotAboutYourself):
        write_note(owner=ada, about=ada, text="Ja", now=NOON)
