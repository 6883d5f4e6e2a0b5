"""The photo of the door: shown to whoever looks for it, changed by hosts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.photos import remove_door_photo, set_door_photo
from kawka.forms.photo import DoorForm

FOR_A_DAY = 24 * 3600


@require_safe
def door_photo(request: HttpRequest, slug: str) -> HttpResponse:
    photo = access.get_door_photo(request.user, slug)
    with photo.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={FOR_A_DAY}"
    return response


@require_POST
def door_photo_change(request: HttpRequest, slug: str) -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    if "remove" in request.POST:
        remove_door_photo(group=group, by=access.person_in(request.user, group.community), now=timezone.now())
        return redirect("group-settings", slug=slug)
    form = DoorForm(request.POST, request.FILES)
    if form.is_valid():
        by = access.person_in(request.user, group.community)
        set_door_photo(group=group, content=form.cleaned_data["photo"], by=by, now=timezone.now())
        messages.success(request, _("Guests see the door now."))
    else:
        messages.warning(request, " ".join(str(error) for error in form.errors["photo"]))
    return redirect("group-settings", slug=slug)
