"""Accounts are linked to persons by a proven address and by nothing else."""

from datetime import timedelta

from kawka.actions.accounts import account_to_sign_in, prove_account, prove_address
from kawka.models import Account, Person
from tests.factories import NOON, make_account, make_community, make_person


def test_an_address_nobody_has_gets_no_account(db):
    assert account_to_sign_in(email="nobody@example.org", now=NOON) is None
    assert Account.objects.count() == 0


def test_a_known_person_gets_an_account_that_is_nobody_until_proven(community):
    person = make_person(community, email="Ewa@example.org")

    account = account_to_sign_in(email="ewa@EXAMPLE.org", now=NOON)

    person.refresh_from_db()
    assert (account.email, person.account) == ("ewa@example.org", None)


def test_proof_leaves_persons_of_other_accounts_alone(community):
    other = make_account("other@example.org")
    taken = make_person(make_community(), email="ewa@example.org", account=other)
    free = make_person(community, email="ewa@example.org")
    account = make_account("ewa@example.org")

    prove_account(account=account, now=NOON)

    assert Person.objects.get(pk=taken.pk).account == other
    assert Person.objects.get(pk=free.pk).account == account


def test_proof_keeps_an_account_one_person_in_each_community(community):
    account = make_account("ewa@example.org")
    now_here = make_person(community, email="new@example.org", account=account)
    namesake = make_person(community, email="ewa@example.org")

    prove_account(account=account, now=NOON)

    assert list(Person.objects.filter(account=account)) == [now_here]
    assert Person.objects.get(pk=namesake.pk).account is None


def test_an_address_is_proven_once(community):
    person = make_person(community, is_self_entered=True)

    prove_address(person=person, now=NOON)
    prove_address(person=Person.objects.get(), now=NOON + timedelta(days=1))

    assert Person.objects.get().email_proven_at == NOON
    assert Person.objects.unproven().count() == 0
