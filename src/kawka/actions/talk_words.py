"""The words of cards kept with tables while a meeting is on; they go when it is over, or with their owner."""

from django.db.models import QuerySet

from kawka.models import Person, Talk


def forget_words(talks: QuerySet[Talk], *, person: Person | None = None) -> None:
    """Take the words of cards out of the reasons of these tables, or only those about one person.

    That two had not talked before, or had, stays.
    """
    changed = []
    for talk in talks:
        kept = [reason for reason in talk.reasons if not has_words(reason, person)]
        if kept != talk.reasons:
            talk.reasons = kept
            changed.append(talk)
    Talk.objects.bulk_update(changed, ["reasons"])


def has_words(reason: dict[str, object], person: Person | None) -> bool:
    """Whether a reason rests on words of cards, of this person's if one is named."""
    pair = reason["pair"]
    return reason["kind"] == "gain" and (person is None or person.code in pair)  # type: ignore[operator]
