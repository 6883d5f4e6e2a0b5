"""Bringing a list in: the file, the look at it, the confirmation."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from kawka.models import PeopleImport, Person
from tests.factories import make_member, make_person

START = "/g/sniadanie/people/import/"


def upload(browser, content: bytes, name: str = "lista.csv"):
    return browser.post(START, {"file": SimpleUploadedFile(name, content)})


def test_from_the_file_to_the_group(group, ada, as_):
    browser = as_(ada)

    sent = upload(
        browser, "Imię i nazwisko;E-mail;Oferty\nŻaneta Żółć-Łęcka;z@x.pl;Nastroję\n".encode("cp1250")
    )
    looked = browser.get(sent.url)
    nobody = Person.objects.filter(email="z@x.pl").count()
    done = browser.post(f"{sent.url}confirm/")

    assert (sent.status_code, looked.status_code, nobody) == (302, 200, 0)
    assert "Żaneta Żółć-Łęcka" in looked.content.decode()
    assert done.url == "/g/sniadanie/people/"
    assert Person.objects.get(email="z@x.pl").offers.get().text == "Nastroję"


def test_pasted_addresses(group, ada, as_):
    browser = as_(ada)

    sent = browser.post(START, {"text": "Jan Kos <jan@x.pl>, ola@y.pl"})
    browser.post(f"{sent.url}confirm/")

    assert list(Person.objects.exclude(pk=ada.pk).values_list("name", "email")) == [
        ("Jan Kos", "jan@x.pl"),
        ("Ola", "ola@y.pl"),
    ]


def test_what_cannot_be_read_comes_back_with_a_sentence(group, ada, as_):
    browser = as_(ada)
    browser.cookies["kawka_language"] = "en"

    for content, sentence in (
        (b"", "There is nothing in it."),
        (b"%PDF-1.4", "This is a PDF."),
        (b"\xd0\xcf\x11\xe0", "This is an old or locked Excel file."),
        (b"PK\x03\x04", "This Excel file cannot be read."),
    ):
        answer = upload(browser, content)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    empty = browser.post(START, {"text": "  "})

    assert "Choose a file or paste some addresses." in empty.content.decode()
    assert PeopleImport.objects.count() == 0


def test_wrong_rows_are_left_only_by_their_own_button(group, ada, as_):
    browser = as_(ada)
    sent = upload(browser, b"name;email\nOla;ola@x.pl\n;bez@x.pl\n")

    refused = browser.post(f"{sent.url}confirm/")
    nobody = Person.objects.filter(name="Ola").count()
    left = browser.post(f"{sent.url}confirm/", {"leave": "1"})
    page = browser.get(left.url)

    assert (refused.url, nobody, left.url) == (sent.url, 0, sent.url)
    assert Person.objects.filter(name="Ola").count() == 1
    assert [row.entry.number for row in page.context["page"]] == [3]


def test_columns_are_told_by_hand(group, ada, as_):
    browser = as_(ada)
    sent = upload(browser, b"kto;gdzie\nOla;Barczewo\n")

    twice = browser.post(sent.url, {"column0": "name", "column1": "name"})
    browser.post(sent.url, {"column0": "name", "column1": "town"})
    browser.post(f"{sent.url}confirm/")

    assert twice.status_code == 422
    assert Person.objects.get(name="Ola").town == "Barczewo"


def test_a_formula_is_shown_as_text(group, ada, as_):
    browser = as_(ada)
    sent = upload(browser, b"name;email\n=cmd|' /C calc'!A0;c@x.pl\n<script>x</script>;d@x.pl\n")

    page = browser.get(sent.url).content.decode()

    assert "=cmd|&#x27; /C calc&#x27;!A0" in page
    assert "<script>x" not in page


def test_the_page_says_what_every_row_does(group, community, ada, as_):
    make_member(group, make_person(community, "Ola Kos", email="ola@x.pl", card={"trade": ""}))
    make_member(group, make_person(community, "Ewa Lis", email="ewa@x.pl"))
    browser = as_(ada)
    browser.cookies["kawka_language"] = "en"
    with override("en"):
        sent = upload(browser, "name;email;zawód\nOla;ola@x.pl;grafika\nEwa;ewa@x.pl;\nJan;j@x;\n".encode())

    page = browser.get(sent.url).content.decode()

    assert "already here as Ola Kos, adds: trade" in page
    assert "already here, nothing changes" in page
    assert "“j@x” is not an e-mail address" in page


def test_a_page_has_a_hundred_rows_and_the_same_queries(group, ada, as_, django_assert_num_queries):
    browser = as_(ada)
    for many in (1, 150):
        rows = "".join(f"Osoba {number};o{number}@x.pl\n" for number in range(many))
        sent = upload(browser, f"name;email\n{rows}".encode())
        with django_assert_num_queries(9):
            page = browser.get(sent.url)
        assert len(page.context["page"]) == min(many, 100)


def test_a_list_of_another_group_is_not_there(group, ada, dan, as_):
    sent = upload(as_(ada), b"name\nOla\nEwa\n")

    assert as_(dan).get(sent.url).status_code == 404
    assert as_(dan).post(f"{sent.url}confirm/").status_code == 404
