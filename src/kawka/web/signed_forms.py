"""Forms that anybody may send from a page without cookies; they never act on a signed-in visitor's rights."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kawka.forms.tokens import is_valid
from kawka.web.errors import csrf_failure

View = Callable[..., HttpResponse]


def signed_form(view: View) -> View:
    """Take a POST only with the signed token of `{% form_token %}`; answer 403 in words otherwise.

    Stands in for the CSRF cookie on pages kept ready for everybody. The view must not use `request.user`.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_valid(request.POST.get("form_token", "")):
            return csrf_failure(request)
        return view(request, *args, **kwargs)

    return checked
