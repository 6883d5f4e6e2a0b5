"""Somebody Kawka knows, with or without an account."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code
from kawka.models.community import Community
from kawka.models.polish import alphabetical

if TYPE_CHECKING:
    from kawka.models.account import Account


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def of_account(self, account: "Account") -> "PersonQuerySet":
        """The persons, one in each community, that this account is."""
        return self.filter(account=account)

    def with_email(self, email: str) -> "PersonQuerySet":
        """The persons with this address, whatever its letter case."""
        return self.filter(email__iexact=email.strip())

    def unproven(self) -> "PersonQuerySet":
        """Those who typed themselves in on a public page and have not yet proven the address."""
        return self.filter(is_self_entered=True, email_proven_at__isnull=True)


class Person(models.Model):
    """A person of one community. The same e-mail address in a community is the same person.

    `is_self_entered`: came in by a form anybody can fill in, so nobody vouches for the address.
    `email_proven_at`: when its owner first pressed the button behind a mailed link or typed a mailed code.
    `mail_paused_at`: since when nothing is sent because mail came back; `mail_trouble` says what came back.
    `expiry_told_at`: when a guest was told that what Kawka knows of them will soon be forgotten;
    `stay_asked_at`: when they asked to be remembered longer.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="people")
    account = models.ForeignKey(
        "kawka.Account", models.SET_NULL, null=True, blank=True, related_name="persons"
    )
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.GeneratedField(
        expression=alphabetical("name"), output_field=models.CharField(max_length=400), db_persist=True
    )
    greeting = models.CharField(_("how to address me"), max_length=60, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    is_self_entered = models.BooleanField(default=False, editable=False)
    email_proven_at = models.DateTimeField(null=True, blank=True, editable=False)
    town = models.CharField(_("town"), max_length=80, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, blank=True, default="")
    away_until = models.DateField(_("away up to and including"), null=True, blank=True)
    mail_paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    mail_trouble = models.CharField(max_length=250, blank=True, default="", editable=False)
    stay_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    expiry_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "community",
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_person_per_email_and_community",
                violation_error_message=_("Somebody with this e-mail address is already here."),
            ),
            models.UniqueConstraint(
                fields=["community", "account"],
                condition=models.Q(account__isnull=False),
                name="one_person_per_account_and_community",
                violation_error_message=_("This account is already somebody here."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_unproven(self) -> bool:
        """Whether this person typed themselves in and has not yet shown that the address is theirs."""
        return self.is_self_entered and self.email_proven_at is None

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        """One or two capital letters standing for the name where there is no photo."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
