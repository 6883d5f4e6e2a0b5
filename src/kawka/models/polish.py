"""Putting names in the order of the Polish alphabet, in the database and on every one the same."""

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Lower, Replace

AFTER = "~"  # comes after every letter, so that "ł" follows "lz" and precedes "m"
LETTERS = {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z~"}


def alphabetical(field: str) -> Func:
    """An expression that sorts as a Polish dictionary does: a, ą, b, c, ć …, letter case left aside.

    Both cases are replaced because the lower-casing of SQLite knows ASCII alone.
    """
    expression: Func | F = F(field)
    for letter, base in LETTERS.items():
        for form in (letter, letter.upper()):
            expression = Replace(expression, Value(form), Value(base + AFTER))
    return Lower(expression, output_field=CharField())
