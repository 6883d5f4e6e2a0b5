"""What the mail service that sends for us has to say: an address nobody has, a complaint."""

from anymail.signals import EventType
from anymail.urls import urlpatterns as services
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kawka.actions.outbox import pause
from kawka.web.ratelimits import rate_limited

FOR_GOOD = {EventType.BOUNCED, EventType.COMPLAINED}


@csrf_exempt
@require_POST
@rate_limited("mail-events", "600/hour")
def mail_events(request: HttpRequest) -> HttpResponse:
    """Pause the addresses a service names. It shows a password; some sign what they say as well.

    404 where mail leaves through no service, 400 for whoever does not know the password.
    """
    reader = reader_of_service()
    reader.run_validators(request)
    for event in reader.parse_events(request):
        if event.event_type in FOR_GOOD and event.recipient:
            said = event.mta_response or event.description or event.reject_reason or ""
            complained = _("marked as unwanted mail") if event.event_type == EventType.COMPLAINED else ""
            pause(address=event.recipient, trouble=complained or said, now=timezone.now())
    return HttpResponse()


def reader_of_service() -> AnymailBaseWebhookView:
    """What reads the words of the service in EMAIL_URL. Else 404."""
    if not settings.ANYMAIL:
        raise Http404
    wanted = f"{settings.EMAIL_BACKEND.split('.')[2]}_tracking_webhook"
    return next(one.callback.view_class() for one in services if one.name == wanted)
