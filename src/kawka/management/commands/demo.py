"""`kawka demo`: the sample group, from the shell."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from kawka.actions.accounts import sign_in_address
from kawka.actions.sample import create_sample
from kawka.models import Refused


class Command(BaseCommand):
    """Adds the sample once and prints a link that signs in as its host."""

    help = "Add the sample group: 24 people, six past meetings and one today."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = create_sample(now=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.write("The sample group is there. This link signs in as its host, for 15 minutes:")
        self.stdout.write(sign_in_address(account=account))
