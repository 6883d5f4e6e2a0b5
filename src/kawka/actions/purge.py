"""What is not kept for ever: addresses nobody proved, links that ran out, drafts nobody finished."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from kawka.actions.outbox import forget_words
from kawka.models import Account, Group, PeopleImport, Person, PersonalLink, PushNote, SetupDraft, Voter

UNPROVEN_KEPT_FOR = timedelta(hours=48)
ENDED_KEPT_FOR = timedelta(days=30)
WORK_KEPT_FOR = timedelta(hours=1)


@transaction.atomic
def purge(*, now: datetime) -> None:
    """Forget what has had its time. Nobody who came to a meeting or whom a host brought in is touched."""
    forget_unproven(now=now)
    PersonalLink.objects.filter(
        Q(expires_at__lt=now - ENDED_KEPT_FOR) | Q(revoked_at__lt=now - ENDED_KEPT_FOR)
    ).delete()
    SetupDraft.objects.filter(updated_at__lt=now - ENDED_KEPT_FOR).delete()
    PeopleImport.objects.filter(created_at__lt=now - ENDED_KEPT_FOR).delete()
    Voter.objects.filter(poll__closed_at__lt=now - ENDED_KEPT_FOR, person__isnull=True).delete()
    PushNote.objects.filter(created_at__lt=now - ENDED_KEPT_FOR).delete()
    forget_words(now=now)


def forget_unproven(*, now: datetime) -> None:
    """Forget who typed themselves in and never showed the address is theirs, with all they answered."""
    before = now - UNPROVEN_KEPT_FOR
    strangers = Person.objects.unproven().filter(
        created_at__lt=before, account__isnull=True, attendances__isnull=True, ownership__isnull=True
    )
    for group in Group.objects.filter(memberships__person__in=strangers).distinct():
        group.touch_page()
    strangers.delete()
    Account.objects.filter(
        last_login__isnull=True, joined_at__lt=before, is_superuser=False, persons__isnull=True
    ).delete()


def forget_finished_work(*, now: datetime) -> None:
    """Forget which work was done an hour ago; what failed stays a month for people to look at."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - WORK_KEPT_FOR).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - ENDED_KEPT_FOR).delete()
