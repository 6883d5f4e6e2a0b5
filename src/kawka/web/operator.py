"""The operator's page: what the clock did and will do, who does it, and mail that got stuck."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.job_runs import run_again, send_all_again
from kawka.models import JobRun, OutgoingMail, Refused, SenderRecord, WorkerBeat

IN_WORDS = {
    "propose turns": gettext_lazy("Proposes who has which role at the next three dates"),
    "brief": gettext_lazy("Tells everybody with a role, the afternoon before, what they need"),
    "remind presenters": gettext_lazy("Reminds whoever presents, a week and an evening before"),
    "look after owners": gettext_lazy("Asks for a second owner, and for another where all are silent"),
    "find stand-ins": gettext_lazy(
        "Looks for stand-ins; gives what is still open half a day before to the host"
    ),
    "send mail": gettext_lazy("Sends the mail that is due"),
    "wake devices": gettext_lazy("Tells devices that asked for it what cannot wait"),
    "send recaps": gettext_lazy("Writes what each meeting leaves behind, 30 minutes after its end"),
    "ask who comes": gettext_lazy(
        "Asks, two days before, who has not answered, and tells hosts how it looks"
    ),
    "tell the place": gettext_lazy("Tells the place, the afternoon before, how many to expect"),
    "ask guests": gettext_lazy("Asks first-time guests, the afternoon before, whether to keep a seat"),
    "thank guests": gettext_lazy("Thanks those who were there for the first time"),
    "ask again": gettext_lazy("Writes to guests who asked for it a month ago"),
    "forget guests": gettext_lazy("Tells guests not seen for long, and forgets them two weeks later"),
    "wrap up": gettext_lazy("Closes what was forgotten the morning after, and tells hosts how it was"),
    "offer free seats": gettext_lazy("Offers free seats to whoever waits longest, and gives on what ran out"),
    "move waiting lists on": gettext_lazy("Asks those who waited in vain about the next date"),
    "tell of moved dates": gettext_lazy("Tells of dates half an hour after they were moved"),
    "warn of holidays": gettext_lazy("Asks hosts about dates that fall on a holiday in the next three weeks"),
    "ask for a date": gettext_lazy("Asks hosts of groups without a date for three weeks to choose one"),
    "read the mailbox": gettext_lazy("Reads answers pressed in calendars, and which mail came back"),
    "make dates": gettext_lazy("Makes the dates of every rhythm for the weeks ahead"),
    "purge": gettext_lazy("Forgets what has had its time"),
    "tell of campaigns": gettext_lazy("Tells hosts, on Friday, of texts and pictures to post"),
    "ask for asks": gettext_lazy("Asks on Sunday evening, whoever wants it, what they look for this week"),
    "tell whom to meet": gettext_lazy("Tells whoever comes tomorrow of three people worth meeting"),
    "tell how the month was": gettext_lazy("Tells hosts in five sentences how the month was"),
    "look at the sender": gettext_lazy("Looks whether the domain of the sender vouches for our mail"),
    "tidy the queue": gettext_lazy("Forgets which work was done"),
}

ADVICE = {
    ("SPF", "fine"): gettext_lazy("It says which servers may send for the domain."),
    ("SPF", "missing"): gettext_lazy("Add a TXT record that begins with v=spf1, as your mail provider says."),
    ("SPF", "double"): gettext_lazy("Of two SPF records none counts: make one of them."),
    ("DKIM", "fine"): gettext_lazy("Mail can be signed, and others can check it."),
    ("DKIM", "unseen"): gettext_lazy(
        "Its name is known only to your mail provider. Send yourself a mail and look for dkim=pass in its "
        "source; if it is not there, add the key your provider shows you."
    ),
    ("DMARC", "fine"): gettext_lazy("It says what to do with mail that somebody else sends in your name."),
    ("DMARC", "missing"): gettext_lazy("Add a TXT record at _dmarc, to begin with: v=DMARC1; p=none"),
}


@require_safe
def operator(request: HttpRequest) -> HttpResponse:
    access.get_operator(request.user)
    shown = {
        "jobs": [
            (job, IN_WORDS.get(job.name, job.name)) for job in JobRun.objects.order_by("due_at", "name")
        ],
        "workers": WorkerBeat.objects.all(),
        "mail": OutgoingMail.objects.aggregate(
            waiting=Count(
                "pk", filter=Q(sent_at__isnull=True, failed_at__isnull=True, dropped_at__isnull=True)
            ),
            stuck=Count("pk", filter=Q(sent_at__isnull=True, failed_at__isnull=False) & ~Q(text="")),
        ),
        "stuck": OutgoingMail.objects.failed()
        .order_by("-failed_at")
        .values("kind", "error", "failed_at")[:10],
        "sender": [(one, ADVICE[one.name, one.state]) for one in SenderRecord.objects.all()],
        "now": timezone.now(),
    }
    return render(request, "operator/operator.html", shown)


@require_POST
def operator_run(request: HttpRequest, number: int) -> HttpResponse:
    job = access.get_job(request.user, number)
    try:
        run_again(job=job, by=access.get_operator(request.user), now=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("It runs within a few seconds. Load this page again to see how it went."))
    return redirect("operator")


@require_POST
def operator_send(request: HttpRequest) -> HttpResponse:
    count = send_all_again(by=access.get_operator(request.user), now=timezone.now())
    told = ngettext("%(count)d mail is tried again.", "%(count)d mails are tried again.", count)
    messages.success(request, told % {"count": count})
    return redirect("operator")
