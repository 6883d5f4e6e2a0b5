"""Who signs in: an e-mail address that was proven, and nothing else."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.models.codes import new_code


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; nobody has a password."""

    def create_user(self, email: str, **fields: object) -> "Account":
        """A new account for this address, without a password."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Account":
        """A new account that looks after the whole instance; the password is ignored."""
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """A proven e-mail address that signs in; it is linked to one person in each community."""

    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("This address already has an account.")}
    )
    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    language = models.CharField(_("language"), max_length=2, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("looks after this instance"), default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.email
