"""`kawka createhost EMAIL`: the account that looks after this instance."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from kawka.actions.accounts import make_admin, sign_in_address


class Command(BaseCommand):
    """Makes the account and prints a link that signs in once."""

    help = "Make an account that looks after this instance; prints a sign-in link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an e-mail address.", returncode=2) from error
        account = make_admin(email=options["email"], now=timezone.now())
        self.stdout.write(f"{account.email} looks after this instance. The link works once, for 15 minutes:")
        self.stdout.write(sign_in_address(account=account))
