"""Who looks after a community, and adding one more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kawka import access
from kawka.actions import owners
from kawka.forms.owners import OwnerForm
from kawka.models import Refused


def group_owners(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    may_add = access.ties_to(request.user, group).owns or access.is_admin(request.user)
    if request.method == "POST" and not may_add:
        raise PermissionDenied
    people = owners.could_own(group.community)
    form = OwnerForm(request.POST or None, people=people)
    if form.is_valid():
        by, now = access.person_in(request.user, group.community), timezone.now()
        try:
            owners.make_owner(community=group.community, person=form.cleaned_data["person"], by=by, now=now)
        except Refused as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, _("Now there is one more who holds the keys."))
            return redirect("group-owners", slug=slug)
    shown = {"group": group, "owners": owners.owners_of(group.community), "people": people}
    status = 422 if form.is_bound else 200
    return render(request, "owners/owners.html", {**shown, "form": form, "may_add": may_add}, status=status)
