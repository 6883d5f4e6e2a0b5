"""How signing in fits Kawka: codes of six digits, mail through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sends the account's mail through the outbox and keeps codes easy to type."""
