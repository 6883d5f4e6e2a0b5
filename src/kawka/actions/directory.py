"""The people of a group as one of them may see them: a list, a search, a file."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import openpyxl
from django.db.models import Q
from django.utils.translation import gettext as _

from kawka import access
from kawka.actions.cards import SeenCard
from kawka.models import Attendance, Group, HelpKind, Membership, Person, Standing

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Listed:
    """A place in the group with the card as the reader sees it."""

    membership: Membership
    card: SeenCard

    @property
    def standing(self) -> str:
        """How they stand, in words."""
        return str(Standing(self.membership.standing).label)


def people_of(
    group: Group, *, reader: Person | None, is_host: bool, alumni: bool = False, briefly: bool = False
) -> list[Listed]:
    """Everybody of the group the reader may know of, by name: hosts all, others whom they met or belong with.

    Five queries, however many people; `briefly`, without their offers and asks, three. `alumni` are shown to
    hosts alone.
    """
    places = group.memberships.select_related("person__card")
    places = places.filter(standing="alumnus") if alumni else places.current()
    rows = list(places if briefly else places.prefetch_related("person__offers", "person__asks"))
    people = [row.person for row in rows]
    near = access.closeness(reader, people)
    listed = []
    for row in rows:
        row.person.card.person = row.person
        distance = near[row.person_id]
        if is_host and distance != access.SELF:
            fields = access.hosted_fields(row.person.card, distance)
        elif distance == access.STRANGER or alumni:
            continue
        else:
            fields = access.visible_fields(row.person.card, distance)
        listed.append(Listed(row, SeenCard(row.person, fields)))
    return listed


def known_to(reader: Person) -> list[SeenCard]:
    """The cards of everybody in the community whom this person belongs with in some group or has met.

    Five queries, however many people.
    """
    groups = Membership.objects.filter(person=reader, standing__in=access.INNER).values("group")
    meetings = Attendance.objects.came().filter(person=reader).values("meeting")
    near = Q(memberships__group__in=groups) | Q(attendances__meeting__in=meetings)
    ids = Person.objects.filter(near, community=reader.community_id).exclude(pk=reader.pk).values("pk")
    people = list(Person.objects.filter(pk__in=ids).select_related("card").prefetch_related("offers", "asks"))
    close = access.closeness(reader, people)
    return [
        SeenCard(person, access.visible_fields(person.card, close[person.pk]))
        for person in people
        if close[person.pk] != access.STRANGER
    ]


def folded(text: str) -> str:
    """Small letters without marks, so that "lecka" finds "Łęcka"."""
    marked = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def search(listed: Iterable[Listed], query: str) -> list[Listed]:
    """Those in whose name, trade, offers or what they do, as far as the reader sees it, all words are."""
    words = folded(query).split()
    return [row for row in listed if all(word in words_of(row.card) for word in words)]


def words_of(card: SeenCard) -> str:
    """What a search looks through."""
    offers = (offer.text for offer in card.offers)
    return folded(" ".join(chain((card.person.name, card.trade, card.does), offers)))


def table_of(listed: Iterable[Listed]) -> list[list[str]]:
    """The list as a table that can be brought in again: names of columns and one row for each person."""
    header = [
        _("first and last name"),
        _("e-mail"),
        _("phone"),
        _("trade"),
        _("what I do"),
        _("my client"),
        _("my experience"),
    ]
    header += [_("town"), _("website"), _("can help with"), _("is looking for"), _("standing")]
    rows = [
        [
            row.card.person.name,
            row.card.email,
            row.card.phone,
            row.card.trade,
            row.card.does,
            row.card.client,
            row.card.experience,
            row.card.person.town,
            row.card.website,
            sentences(row.card.offers),
            sentences(row.card.asks),
            row.standing,
        ]
        for row in listed
    ]
    return [header, *rows]


def sentences(wants: Sequence[object]) -> str:
    """Offers or asks one a line, the private ones marked."""
    private = _("(private)")
    return "\n".join(
        f"{want.text} {private}" if want.kind == HelpKind.PRIVATE else want.text  # type: ignore[attr-defined]
        for want in wants
    )


def asleep(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(table: Iterable[Sequence[str]]) -> bytes:
    """The table as a CSV that Polish Excel opens with a double click."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([[asleep(text) for text in row] for row in table])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_workbook(table: Iterable[Sequence[str]]) -> bytes:
    """The table as an XLSX file with texts only."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append([asleep(text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
