"""Whether the sender's domain vouches for our mail, asked of a real name server on this machine."""

import pytest
from dns import resolver

from kawka.actions.sender import look_at_sender
from kawka.mail.sender import Unanswered, Vouched, domain_of_sender, vouched_for
from kawka.models import SenderRecord
from tests.factories import NOON
from tests.mail.name_server import name_server

WHOLE = {
    "kawka.example": ["google-site-verification=1", "v=spf1 include:_spf.mail.example -all"],
    "k1._domainkey.kawka.example": ["v=DKIM1; k=rsa; p=MIGf"],
    "_dmarc.kawka.example": ["v=DMARC1; p=none"],
}
TWICE = {
    "news.kawka.example": ["v=spf1 -all", "v=spf1 mx -all"],
    "_dmarc.kawka.example": ["v=DMARC1; p=reject"],
}


@pytest.mark.parametrize(
    ("records", "domain", "found"),
    [
        (
            WHOLE,
            "kawka.example",
            [
                Vouched("SPF", SenderRecord.State.FINE, "v=spf1 include:_spf.mail.example -all"),
                Vouched("DKIM", SenderRecord.State.FINE, "k1"),
                Vouched("DMARC", SenderRecord.State.FINE, "v=DMARC1; p=none"),
            ],
        ),
        (
            {},
            "kawka.example",
            [
                Vouched("SPF", SenderRecord.State.MISSING),
                Vouched("DKIM", SenderRecord.State.UNSEEN),
                Vouched("DMARC", SenderRecord.State.MISSING),
            ],
        ),
        (
            TWICE,
            "news.kawka.example",
            [
                Vouched("SPF", SenderRecord.State.DOUBLE, "v=spf1 -all"),
                Vouched("DKIM", SenderRecord.State.UNSEEN),
                Vouched("DMARC", SenderRecord.State.FINE, "v=DMARC1; p=reject"),
            ],
        ),
    ],
)
def test_what_the_name_servers_hold_is_told(records, domain, found):
    with name_server(records):
        assert vouched_for(domain) == found


@pytest.mark.parametrize(
    ("shown_here", "sender", "domain"),
    [
        (False, "Kawka <kawka@Kawka.example>", "kawka.example"),
        (True, "Kawka <kawka@kawka.example>", ""),
        (False, "kawka@localhost", ""),
        (False, "kawka@127.0.0.1", ""),
    ],
)
def test_only_a_public_domain_that_sends_has_to_vouch(shown_here, sender, domain, settings):
    settings.MAIL_IS_SHOWN_HERE, settings.DEFAULT_FROM_EMAIL = shown_here, sender

    assert domain_of_sender() == domain


def kept():
    return list(SenderRecord.objects.values_list("name", "state", "text"))


@pytest.mark.django_db
def test_what_was_found_is_kept_until_it_is_looked_up_again(settings):
    settings.MAIL_IS_SHOWN_HERE, settings.DEFAULT_FROM_EMAIL = False, "kawka@kawka.example"
    with name_server({}):
        look_at_sender(now=NOON)
    assert kept() == [("SPF", "missing", ""), ("DKIM", "unseen", ""), ("DMARC", "missing", "")]

    with name_server(WHOLE):
        look_at_sender(now=NOON)
    assert [(name, state) for name, state, _text in kept()] == [
        ("SPF", "fine"),
        ("DKIM", "fine"),
        ("DMARC", "fine"),
    ]

    settings.MAIL_IS_SHOWN_HERE = True
    look_at_sender(now=NOON)
    assert kept() == []


@pytest.mark.django_db
def test_silent_name_servers_change_nothing(settings, monkeypatch):
    settings.MAIL_IS_SHOWN_HERE, settings.DEFAULT_FROM_EMAIL = False, "kawka@kawka.example"
    with name_server(WHOLE):
        look_at_sender(now=NOON)
    nobody = resolver.Resolver(configure=False)
    nobody.nameservers = []
    monkeypatch.setattr(resolver, "default_resolver", nobody)

    with pytest.raises(Unanswered, match=r"did not tell of kawka.example"):
        look_at_sender(now=NOON)

    assert len(kept()) == 3
