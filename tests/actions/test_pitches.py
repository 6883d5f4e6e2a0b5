"""My 60 seconds: nothing that was written is lost."""

from datetime import timedelta

import pytest

from kawka.actions.forgetting import forget
from kawka.actions.pitches import MOST_VERSIONS, Place, place_to_speak, restore_version, write_pitch
from kawka.models import Pitch, PitchVersion, Standing
from tests.factories import NOON, make_group, make_meeting, make_member, make_person

MINUTE = timedelta(minutes=1)
PARTS = {"does": "Robię meble.", "client": " Kawiarnie. ", "experience": "", "ask": "Tartak z Warmii."}


def write(person, text, minutes=0, **more):
    """As somebody who sees what is there."""
    there = Pitch.objects.filter(person=person).first()
    seen = there.updated_at if there else None
    return write_pitch(person=person, **{"text": text, "seen": seen, "now": NOON + minutes * MINUTE, **more})


def earlier(person):
    return list(PitchVersion.objects.filter(pitch__person=person).values_list("text", flat=True))


def test_one_text_is_kept_and_typing_on_makes_no_versions(ben):
    write(ben, "Pierwszy")
    write(ben, " Drugi ", minutes=1)

    assert (Pitch.objects.get(person=ben).text, earlier(ben)) == ("Drugi", [])


def test_parts_are_said_one_after_another(ben):
    pitch = write(ben, "", parts=PARTS)

    assert pitch.text == "Robię meble.\nKawiarnie.\nTartak z Warmii."
    assert pitch.parts == {**PARTS, "client": "Kawiarnie."}


@pytest.mark.parametrize(
    ("first", "second"),
    [({"keep": True}, {"minutes": 1}), ({}, {"minutes": 31}), ({}, {"minutes": 1, "seen": None})],
    ids=["kept on purpose", "left alone", "from another device"],
)
def test_a_text_stays_as_a_version(ben, first, second):
    write(ben, "Pierwszy", **first)
    write(ben, "Drugi", **second)
    write(ben, "Drugi i pół", minutes=second["minutes"] + 1)

    assert (Pitch.objects.get(person=ben).text, earlier(ben)) == ("Drugi i pół", ["Pierwszy"])


def test_the_same_text_again_changes_nothing(ben):
    before = write(ben, "Pierwszy", keep=True).updated_at

    pitch = write(ben, "Pierwszy", minutes=60, seen=None)

    assert (pitch.updated_at, earlier(ben)) == (before, [])


def test_an_earlier_text_comes_back_and_changes_places(ben):
    write(ben, "Pierwszy", keep=True)
    write(ben, "", minutes=1, parts=PARTS)

    pitch = restore_version(version=PitchVersion.objects.get(), now=NOON + 2 * MINUTE)

    assert (pitch.text, pitch.parts) == ("Pierwszy", {})
    assert [(one.text[:12], one.parts["ask"]) for one in pitch.versions.all()] == [
        ("Robię meble.", "Tartak z Warmii.")
    ]


def test_the_oldest_versions_go(ben):
    for number in range(MOST_VERSIONS + 3):
        write(ben, f"Tekst {number}", minutes=number * 60)

    assert earlier(ben) == [f"Tekst {number}" for number in range(MOST_VERSIONS + 1, 1, -1)]


def test_there_is_as_much_time_as_at_the_next_meeting(community, group, ben):
    other = make_group(community, pitch_seconds=45)
    make_member(other, ben)
    make_meeting(group, starts_at=NOON + timedelta(days=9))
    make_meeting(other, starts_at=NOON + timedelta(days=2))
    nobody = make_person(community)
    gone = make_member(other, make_person(community), Standing.ALUMNUS).person

    given = [place_to_speak(one, now=NOON).seconds for one in (ben, nobody, gone)]

    assert given == [45, 60, 60]
    assert place_to_speak(nobody, now=NOON) == Place()


def test_without_a_date_the_group_says_how_long(group, ben):
    group.pitch_seconds = 30
    group.save()

    assert place_to_speak(ben, now=NOON).seconds == 30


def test_who_is_forgotten_leaves_no_words(ben):
    write(ben, "Pierwszy", keep=True)
    write(ben, "Drugi", minutes=1)

    forget(person=ben, by=None, now=NOON)

    assert (Pitch.objects.count(), PitchVersion.objects.count()) == (0, 0)
