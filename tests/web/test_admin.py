"""The admin of the instance looks at rows; what is private is not among them."""

import pytest
from django.contrib import admin
from django.urls import reverse

from kawka.models import Account, Card, Hand, Note, OutgoingMail, Pitch, TalkSeat
from tests.factories import (
    NOON,
    make_answer,
    make_attendance,
    make_link,
    make_mail,
    make_meeting,
    make_series,
)

MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "kawka"),
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", [Card, Hand, Note, Pitch, TalkSeat])
def test_what_is_private_is_left_out(model):
    assert model not in admin.site._registry


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_row_opens(model, as_, root, group, ben):
    meeting = make_meeting(group, series=make_series(group))
    make_answer(meeting, ben)
    make_attendance(meeting, ben)
    make_link(ben, group, "answer")
    make_mail()
    browser, name = as_(root), model._meta.model_name

    assert browser.get(reverse(f"admin:kawka_{name}_changelist")).status_code == 200
    for row in model.objects.all()[:1]:
        assert browser.get(reverse(f"admin:kawka_{name}_change", args=[row.pk])).status_code == 200


def test_the_words_of_mail_and_the_secrets_of_links_are_not_shown(as_, root, group, ben):
    link, mail = make_link(ben, group, "answer"), make_mail(text="tajemnica")

    link_page = as_(root).get(reverse("admin:kawka_personallink_change", args=[link.pk])).content.decode()
    mail_page = as_(root).get(reverse("admin:kawka_outgoingmail_change", args=[mail.pk])).content.decode()

    assert (link.secret in link_page, "tajemnica" in mail_page) == (False, False)


def test_failed_mail_is_put_back(as_, root):
    mail = make_mail(failed_at=NOON, attempts=5)

    chosen = {"action": "send_failed_again", "_selected_action": [mail.pk]}
    as_(root).post(reverse("admin:kawka_outgoingmail_changelist"), chosen)

    assert OutgoingMail.objects.get().failed_at is None


def test_strangers_sign_in_first_and_members_are_refused(client, as_, ben):
    address = reverse("admin:index")

    assert client.get(address, follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))
    assert as_(ben).get(address, follow=True).status_code == 403


def test_an_account_is_switched_off(as_, root, ben):
    address = reverse("admin:kawka_account_change", args=[ben.account.pk])

    as_(root).post(address, {"is_staff": ""})

    assert Account.objects.get(pk=ben.account.pk).is_active is False
