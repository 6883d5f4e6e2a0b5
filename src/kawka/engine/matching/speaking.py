"""How long a text takes to say: syllables, with numbers and abbreviations read out."""

import re

from kawka.engine.matching.words import WORD

VOWELS = {"pl": re.compile(r"[aeiouyąęó]+", re.IGNORECASE), "en": re.compile(r"[aeiouy]+", re.IGNORECASE)}
SOFT_I = re.compile(r"i(?=[aeouyąęó])", re.IGNORECASE)
SYLLABLES_A_SECOND = {"pl": 4.9, "en": 4.0}
PAUSE = {".": 0.5, "!": 0.5, "?": 0.5, ",": 0.2, ":": 0.3, ";": 0.3, "–": 0.3}
DIGITS = {"0": 2, "1": 2, "2": 1, "3": 1, "4": 3, "5": 1, "6": 1, "7": 2, "8": 2, "9": 2}
TEN, HUNDRED, THOUSAND = 3, 2, 3
SIGNS = {"%": 2, "€": 2, "$": 2, "@": 2, "&": 1, "+": 1}


def seconds_to_say(text: str, language: str = "pl") -> int:
    """Seconds at an easy pace, about 130 Polish or 150 English words a minute."""
    syllables = sum(_syllables(word, language) for word in WORD.findall(text))
    syllables += sum(SIGNS.get(sign, 0) for sign in text)
    pauses = sum(PAUSE.get(sign, 0.0) for sign in text)
    return round(syllables / SYLLABLES_A_SECOND[language] + pauses)


def _syllables(word: str, language: str) -> int:
    if word.isdigit():
        return _spoken_number(word)
    if word.isupper() and 1 < len(word) < 5 and not re.search(r"[AEIOUYĄĘÓ]", word[1:-1]):
        return len(word)
    if any(letter.isdigit() for letter in word):
        return sum(_syllables(part, language) for part in re.findall(r"\d+|\D+", word))
    return max(1, len(VOWELS[language].findall(SOFT_I.sub("", word))))


def _spoken_number(digits: str) -> int:
    """Syllables of a number: its digits, and the words for tens, hundreds and thousands."""
    if len(digits) > 6:
        return sum(DIGITS.get(digit, 2) for digit in digits)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        if digit != "0":
            total += DIGITS.get(digit, 2) + {1: TEN - 1, 2: HUNDRED - 1}.get(place % 3, 0)
    return max(2, total + (THOUSAND if len(digits) > 3 else 0))
