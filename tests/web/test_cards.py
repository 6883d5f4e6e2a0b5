"""Cards: who sees what, changing them, photos, notes, files for the address book."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kawka.models import Ask, Note, SeenBy
from tests.factories import (
    NOON,
    make_ask,
    make_attendance,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def set_card(person, **fields):
    for name, value in fields.items():
        setattr(person.card, name, value)
    person.card.save()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "PNG")
    return out.getvalue()


def put_photo(browser, person):
    return browser.post(f"/p/{person.code}/photo/", {"photo": SimpleUploadedFile("a.png", png())})


@pytest.mark.parametrize(
    ("reach", "member", "met", "guest"),
    [("me", 0, 0, 404), ("meetings", 0, 1, 404), ("members", 1, 1, 404), ("everybody", 1, 1, 404)],
)
def test_a_field_is_seen_as_far_as_its_owner_allows(
    group, community, ben, cleo, reach, member, met, guest, as_
):
    person = make_person(community, "Ewa Lis")
    make_member(group, person)
    set_card(person, does="znak rozpoznawczy", seen_by={"does": reach})
    guest_met = make_member(group, make_person(community)).person

    page = as_(ben).get(f"/p/{person.code}/")
    of_guest = as_(cleo).get(f"/p/{person.code}/")
    meeting = make_meeting(group)
    for somebody in (person, ben, guest_met):
        make_attendance(meeting, somebody)
    page_met = as_(ben).get(f"/p/{person.code}/")

    assert ("znak rozpoznawczy" in page.content.decode()) is bool(member)
    assert ("znak rozpoznawczy" in page_met.content.decode()) is bool(met)
    assert of_guest.status_code == guest


def test_a_host_sees_all_until_the_person_signs_in_and_decides(group, community, ada, ben, as_):
    waiting = make_person(community, "Ewa Lis", card={"phone": "501 501", "seen_by": {}})
    make_member(group, waiting)
    set_card(ben, phone="502 502")

    assert "501 501" in as_(ada).get(f"/p/{waiting.code}/").content.decode()
    of_ben = as_(ada).get(f"/p/{ben.code}/").content.decode()
    edit = as_(ada).get(f"/p/{ben.code}/edit/").content.decode()
    assert "502 502" not in of_ben
    assert "ben@example.org" in of_ben
    assert "502 502" not in edit
    assert 'name="phone"' not in edit


def test_a_card_is_changed_and_rows_keep_their_order(ben, as_):
    ask = make_ask(ben, "drukarni")

    answer = as_(ben).post(
        f"/p/{ben.code}/edit/",
        {
            "name": "Ben Członek",
            "does": "Stolarz",
            "ask_text": ["lokalu", "drukarni offsetowej", ""],
            "ask_kind": ["private", "work", "work"],
            "ask_code": ["", ask.code, ""],
            "seen_phone": "everybody",
        },
    )

    ben.refresh_from_db()
    assert answer.url == f"/p/{ben.code}/"
    assert (ben.card.does, ben.card.seen_by["phone"]) == ("Stolarz", SeenBy.EVERYBODY)
    assert [(one.text, one.kind) for one in ben.asks.open()] == [
        ("lokalu", "private"),
        ("drukarni offsetowej", "work"),
    ]


def test_buttons_of_rows_save_nothing(ben, as_):
    make_offer(ben, "Logo")

    page = as_(ben).post(
        f"/p/{ben.code}/edit/",
        {
            "name": "Inne imię",
            "offer_text": ["Logo", "Plakat"],
            "offer_kind": ["work", "work"],
            "offer_code": ["", ""],
            "rows": "offer:up:1",
        },
    )

    ben.refresh_from_db()
    assert page.status_code == 200
    assert [row.text for row in page.context["offers"].filled] == ["Plakat", "Logo"]
    assert 'value="Inne imię"' in page.content.decode()
    assert (ben.name, ben.offers.get().text) == ("Ben Członek", "Logo")


def test_what_is_wrong_comes_back_filled(ben, as_):
    page = as_(ben).post(
        f"/p/{ben.code}/edit/",
        {
            "name": "",
            "does": "Stolarz",
            "website": "nie strona",
            "ask_text": ["a" * 401],
            "ask_kind": ["work"],
            "ask_code": [""],
        },
    )

    ben.refresh_from_db()
    assert page.status_code == 422
    assert "Stolarz" in page.content.decode()
    assert page.context["asks"].has_errors
    assert set(page.context["form"].errors) == {"name", "website"}
    assert ben.card.does == ""


def test_a_host_fills_in_a_card_but_neither_pitch_nor_who_sees_it(group, community, ada, as_):
    person = make_person(community, "Ewa Lis", email="")
    make_member(group, person)
    browser = as_(ada)

    browser.post(
        f"/p/{person.code}/edit/",
        {"name": "Ewa Lis", "does": "Leczy psy", "email": "ewa@x.pl", "seen_does": "me"},
    )

    person.refresh_from_db()
    assert (person.card.does, person.email, person.card.seen_by["does"]) == (
        "Leczy psy",
        "ewa@x.pl",
        "members",
    )
    assert browser.get(f"/p/{person.code}/pitch/").status_code == 403
    assert browser.get(f"/p/{person.code}/preview/").status_code == 403


def test_a_photo_goes_on_and_off_and_is_kept_for_ever_by_browsers(
    group, ben, ada, dan, as_, django_capture_on_commit_callbacks
):
    browser = as_(ben)
    put_photo(browser, ben)
    ben.card.refresh_from_db()
    address = f"/p/{ben.code}/photo/{ben.card.photo_name}"

    shown = as_(ada).get(address)
    again = as_(ada).get(address, headers={"If-None-Match": shown["ETag"]})

    assert (shown.status_code, shown["Content-Type"], again.status_code) == (200, "image/webp", 304)
    assert "immutable" in shown["Cache-Control"]
    assert "private" in shown["Cache-Control"]
    assert as_(dan).get(address).status_code == 404
    assert as_(None).get(address).status_code == 404
    file = ben.card.photo.path
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/p/{ben.code}/photo/", {"remove": "1"})
    ben.card.refresh_from_db()
    assert (bool(ben.card.photo), as_(ada).get(address).status_code) == (False, 404)
    with pytest.raises(FileNotFoundError):
        open(file, "rb").close()  # noqa: PTH123


def test_a_photo_only_its_owner_sees_is_nowhere_else(group, ben, ada, as_):
    put_photo(as_(ben), ben)
    ben.card.refresh_from_db()
    ben.card.seen_by["photo"] = SeenBy.ME
    ben.card.save()
    address = f"/p/{ben.code}/photo/{ben.card.photo_name}"

    assert as_(ada).get(address).status_code == 404
    assert as_(ben).get(address).status_code == 200
    assert ben.card.photo_name not in as_(ada).get(f"/p/{ben.code}/").content.decode()
    assert "PHOTO" not in as_(ada).get(f"/p/{ben.code}.vcf").content.decode()
    assert "PHOTO" in as_(ben).get(f"/p/{ben.code}.vcf").content.decode()


def test_a_file_that_is_no_photo_changes_nothing(ben, as_):
    as_(ben).post(f"/p/{ben.code}/photo/", {"photo": SimpleUploadedFile("a.jpg", b"no")})

    ben.card.refresh_from_db()
    assert not ben.card.photo


def test_a_note_is_seen_by_its_owner_alone(group, ada, ben, as_):
    as_(ada).post(f"/p/{ben.code}/note/", {"text": "lubi żagle"})
    as_(ben).post(f"/p/{ben.code}/note/", {"text": "o sobie"})

    assert list(Note.objects.values_list("owner__name", "about__name", "text")) == [
        ("Ada Gospodarz", "Ben Członek", "lubi żagle")
    ]
    assert "lubi żagle" in as_(ada).get(f"/p/{ben.code}/").content.decode()
    assert "lubi żagle" not in as_(ben).get(f"/p/{ben.code}/").content.decode()
    as_(ada).post(f"/p/{ben.code}/note/", {"text": " "})
    assert Note.objects.count() == 0


def test_a_vcard_holds_what_its_reader_may_see(group, community, ben, as_):
    person = make_person(community, "Ewa Lis", card={"phone": "501", "website": "https://ewa.example"})
    make_member(group, person)

    three = as_(ben).get(f"/p/{person.code}.vcf")
    four = as_(ben).get(f"/p/{person.code}.vcf", {"v": "4"})

    assert "VERSION:3.0" in three.content.decode()
    assert "VERSION:4.0" in four.content.decode()
    assert "URL:https://ewa.example" in three.content.decode()
    assert "TEL" not in three.content.decode()
    assert "EMAIL" not in three.content.decode()
    assert three["Content-Type"] == "text/vcard; charset=utf-8"


def test_the_preview_shows_what_others_see(ben, as_):
    set_card(ben, does="dla członków", phone="501", seen_by={"does": "members", "phone": "meetings"})
    browser = as_(ben)

    seen = {
        who: (("dla członków" in page), ("501" in page))
        for who in ("stranger", "member", "met", "nonsense")
        for page in [browser.get(f"/p/{ben.code}/preview/", {"as": who}).content.decode()]
    }

    assert seen == {
        "stranger": (False, False),
        "member": (True, False),
        "met": (True, True),
        "nonsense": (True, False),
    }


def test_an_ask_is_closed_and_opened_by_its_owner(ben, ada, as_):
    ask = make_ask(ben, "drukarni")
    browser = as_(ben)

    browser.post(f"/p/{ben.code}/asks/{ask.code}/", {"outcome": "helped"})
    closed = Ask.objects.get().outcome
    browser.post(f"/p/{ben.code}/asks/{ask.code}/", {"outcome": "nonsense"})
    still = Ask.objects.get().outcome
    browser.post(f"/p/{ben.code}/asks/{ask.code}/", {"outcome": ""})

    assert (closed, still, Ask.objects.get().outcome) == ("helped", "helped", "")
    assert browser.post(f"/p/{ada.code}/asks/{ask.code}/", {"outcome": "helped"}).status_code == 403


def test_my_data_is_whole_and_mine_alone(group, ada, ben, as_):
    make_ask(ben, "drukarni")
    Note.objects.create(owner=ben, about=ada, text="lubi kawę", updated_at=NOON)
    Note.objects.create(owner=ada, about=ben, text="tajna notatka Ady", updated_at=NOON)
    make_attendance(make_meeting(group), ben)

    answer = as_(ben).get("/me/data/")
    person = json.loads(answer.content)["persons"][0]

    assert (person["name"], person["asks"][0]["text"], person["notes"][0]["text"]) == (
        "Ben Członek",
        "drukarni",
        "lubi kawę",
    )
    assert person["attendances"][0]["date"] == "2026-10-14"
    assert "tajna notatka Ady" not in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]


def test_my_page_asks_the_same_for_one_and_thirty_offers(group, ben, as_, django_assert_num_queries):
    browser = as_(ben)
    for many in (1, 29):
        for _number in range(many):
            make_offer(ben)
            make_ask(ben)
        for address, queries in (("/me/", 7), (f"/p/{ben.code}/", 7), (f"/p/{ben.code}/edit/", 5)):
            with django_assert_num_queries(queries):
                browser.get(address)
