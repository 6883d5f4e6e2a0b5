"""What the columns of a list mean, recognised by their names in Polish and English."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str, str | Promise] = {
    "name": _("first and last name"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
    "phone": _("phone"),
    "trade": _("trade"),
    "does": _("what I do"),
    "client": _("my client"),
    "experience": _("my experience"),
    "offers": _("can help with"),
    "offers_private": _("can help with, privately"),
    "asks": _("is looking for"),
    "asks_private": _("is looking for, privately"),
    "town": _("town"),
    "website": _("website"),
    "greeting": _("how to address them"),
    "language": _("language (pl or en)"),
}
NAMES = {
    "name": """
        imie i nazwisko, nazwisko i imie, imie nazwisko, nazwisko imie, osoba, uczestnik, uczestniczka,
        czlonek, name, full name, fullname, first and last name, person, attendee, member, display name
    """,
    "first_name": "imie, first name, firstname, given name, forename",
    "last_name": "nazwisko, last name, lastname, surname, family name",
    "email": """
        e mail, email, mail, adres e mail, adres email, adres mailowy, adres poczty, adres poczty
        elektronicznej, poczta, poczta elektroniczna, e mail address, email address, mail address, e mail 1
        value
    """,
    "phone": """
        telefon, tel, nr telefonu, numer telefonu, telefon komorkowy, telefon kontaktowy, komorka, kom,
        phone, phone number, mobile, mobile phone, cell, telephone, nr tel, phone 1 value
    """,
    "trade": """
        zawod, branza, profesja, stanowisko, specjalnosc, specjalizacja, trade, profession, occupation, job,
        job title, title, position, industry, trade in a word or two, fach, rola
    """,
    "does": """
        firma, nazwa firmy, dzialalnosc, czym sie zajmuje, czym sie zajmuje firma, co robi, co robie, opis,
        naglowek, opis dzialalnosci, headline, what i do, what they do, does, company, company name,
        business, organization, organisation, organizacja, description, czym sie zajmujesz, czym zajmuje sie
        firma, kim jestem
    """,
    "client": """
        klient, moj klient, klienci, moi klienci, idealny klient, dla kogo, dla kogo pracuje, client, my
        client, clients, ideal client, customers, customer, target client, grupa docelowa, kto jest moim
        klientem
    """,
    "experience": """
        doswiadczenie, moje doswiadczenie, o mnie, o sobie, bio, biogram, experience, my experience, about,
        about me, background, kilka slow o sobie
    """,
    "offers": """
        moze pomoc w, moze pomoc,
        oferta, oferty, moge pomoc, w czym moge pomoc, moge pomoc w, pomoge, pomaga w, oferuje, daje, offer,
        offers, i can help, i can help with, can help, can help with, can offer, gives, co moge dac
    """,
    "offers_private": """
        oferta prywatna, oferty prywatne, moge pomoc prywatnie, prywatnie moge pomoc, pomoge prywatnie,
        oferta prywatnie, oferty prywatnie, private offer, private offers, offers private, offer private,
        can help with privately, moge pomoc prywatne
    """,
    "asks": """
        szukam, szuka, potrzebuje, potrzeby, prosba, prosby, kogo szukam, czego szukam, kogo szuka, szukam
        kogo, poszukuje, ask, asks, looking for, i am looking for, is looking for, looks for, need, needs, i
        need, wants, czego potrzebuje, poszukiwania
    """,
    "asks_private": """
        szukam prywatnie, prywatnie szukam, prosba prywatna, prosby prywatne, potrzebuje prywatnie, szuka
        prywatnie, private ask, private asks, asks private, ask private, is looking for privately, prosby
        prywatnie
    """,
    "town": "miasto, miejscowosc, town, city, skad, lokalizacja, location, place",
    "website": """
        www, strona, strona www, strona internetowa, adres strony, adres www, witryna, website, web, url,
        web page, webpage, homepage, site, link, strona firmy
    """,
    "greeting": """
        jak sie zwracac, forma powitania, zwrot, zdrobnienie, jak sie do mnie zwracac, greeting, nickname,
        how to address me, how to address them, wolacz, powitanie
    """,
    "language": "jezyk, language, lang, language pl or en, jezyk pl lub en",
}
MEANING_OF = {
    " ".join(name.split()): meaning for meaning, names in NAMES.items() for name in names.split(",")
}
SENTENCES = frozenset({"offers", "offers_private", "asks", "asks_private"})
SEVERAL = SENTENCES | {"does", "client", "experience"}
LISTS = frozenset(
    {"lista", "lista osob", "lista uczestnikow", "osoby", "uczestnicy", "goscie", "list", "people", "names"}
)
LONGEST_NAME = 80
EMAIL_LIKE = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def plain(text: str) -> str:
    """Small letters without Polish marks, digits at the end, brackets or punctuation: to compare names by."""
    marked = unicodedata.normalize("NFKD", text[:LONGEST_NAME].strip().lower().replace("ł", "l"))
    letters = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", re.sub(r"\W*\d+\W*$", "", letters)).strip()


def meaning_of(name: str) -> str:
    """What a column of this name means; empty when nobody can tell, as with anything too long for a name."""
    if len(name) > LONGEST_NAME:
        return ""
    whole = plain(name)
    return MEANING_OF.get(whole) or MEANING_OF.get(plain(re.sub(r"\(.*?\)", "", name)), "")


def recognised(header: Sequence[str]) -> dict[str, str]:
    """The meaning of each column that is recognised, by its number as text.

    What can be there only once goes to the first column of that name; sentences and longer texts may stand
    in several.
    """
    mapping: dict[str, str] = {}
    for number, name in enumerate(header):
        meaning = meaning_of(name)
        if meaning and (meaning in SEVERAL or meaning not in mapping.values()):
            mapping[str(number)] = meaning
    return mapping


def guessed(rows: Sequence[Sequence[str]], columns: int) -> dict[str, str]:
    """For a list without names of columns: the column of addresses, and the first other one as the name."""
    sample = rows[:50]
    addressed = [
        number
        for number in range(columns)
        if any(number < len(row) and EMAIL_LIKE.fullmatch(row[number].strip()) for row in sample)
    ]
    mapping = {str(addressed[0]): "email"} if addressed else {}
    others = [number for number in range(columns) if number not in addressed]
    if others:
        mapping[str(others[0])] = "name"
    return mapping
