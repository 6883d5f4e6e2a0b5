import pytest
from django.urls import reverse

from kawka.actions.take_overs import role_link
from kawka.models import OwnerAsk, Ownership
from tests.factories import NOON


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_an_owner_makes_a_second_one_with_one_press(as_, group, olga, ada, ben):
    address = reverse("group-owners", args=[group.slug])
    owner = as_(olga)
    assert "Kto może być drugą osobą?" in owner.get(address).text

    owner.post(address, {"person": ben.code})

    assert set(Ownership.objects.values_list("person", flat=True)) == {olga.pk, ben.pk}


def test_a_host_who_is_no_owner_sees_it_but_adds_nobody(as_, group, olga, ada, ben):
    address = reverse("group-owners", args=[group.slug])

    assert as_(ada).get(address).status_code == 200
    assert as_(ada).post(address, {"person": ben.code}).status_code == 403


@pytest.mark.parametrize(("press", "owners"), [("owner-yes", 2), ("owner-no", 1)])
def test_whoever_is_asked_answers_by_the_link(as_, group, olga, ada, ben, press, owners):
    OwnerAsk.objects.create(community=group.community, person=ben, asked_at=NOON)
    address = reverse("role_by_link", args=[role_link(ben, group, NOON).token])
    visitor = as_(None)
    assert "Opieka nad grupą" in visitor.get(address).text

    visitor.post(address, {"do": press})
    visitor.post(address, {"do": press})

    assert Ownership.objects.count() == owners
