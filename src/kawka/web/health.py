"""How a month was, for hosts: five sentences, no list of names and no ranking."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kawka import access
from kawka.models import MonthlyHealth

Facts = Mapping[str, int | None]


@require_safe
def group_health(request: HttpRequest, slug: str, month: str = "") -> HttpResponse:
    group = access.get_hosted_group(request.user, slug)
    pages = list(group.health.all())
    shown = page_of(pages, month) if month else next(iter(pages), None)
    context = {
        "group": group,
        "page": shown,
        "others": [page for page in pages if page != shown],
        "sentences": sentences(shown.facts) if shown else [],
    }
    return render(request, "health/health.html", context)


def page_of(pages: list[MonthlyHealth], month: str) -> MonthlyHealth:
    """The page of the month written as 2026-10. Else 404."""
    found = next((page for page in pages if page.month == first_day(month)), None)
    if found is None:
        raise Http404
    return found


def first_day(month: str) -> date | None:
    """The first day of the month written as 2026-10; None when it is no month."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None


def sentences(facts: Facts) -> list[str]:
    """The five sentences: who is new, who came again, who is missing, who carries the roles, which trades."""
    return [newcomers(facts), came_again(facts), drift(facts), roles(facts), trades(facts)]


def newcomers(facts: Facts) -> str:
    """Who came for the first time."""
    count = facts.get("newcomers")
    if count is None:
        return _("Few came for the first time: whom could each of you bring along?")
    told = ngettext(
        "%(count)d person came for the first time.", "%(count)d people came for the first time.", count
    )
    return told % {"count": count}


def came_again(facts: Facts) -> str:
    """Who of the newcomers of the months before came again."""
    all_new, again = facts.get("new_before"), facts.get("came_again")
    if all_new is None:
        return _("Few were new in the three months before, too few to tell who came again.")
    if facts.get("nearly_all_again"):
        told = ngettext(
            "Nearly everybody of %(count)d person who was new in the three months before came again.",
            "Nearly all of the %(count)d people who were new in the three months before came again.",
            all_new,
        )
        return told % {"count": all_new}
    if again is None:
        told = ngettext(
            "%(count)d person was new in the three months before, and few came again so far.",
            "%(count)d people were new in the three months before, and few of them came again so far.",
            all_new,
        )
        return f"{told % {'count': all_new}} {_('A word from whoever met them helps most.')}"
    told = ngettext(
        "Of %(count)d person who was new in the three months before, %(again)d came again.",
        "Of %(count)d people who were new in the three months before, %(again)d came again.",
        all_new,
    )
    return told % {"count": all_new, "again": again}


def drift(facts: Facts) -> str:
    """Who used to come and was not there."""
    count = facts.get("drifted")
    if count is None:
        return _("Nearly everybody who used to come was there.")
    told = ngettext(
        "%(count)d person who used to come was not there all month.",
        "%(count)d people who used to come were not there all month.",
        count,
    )
    return f"{told % {'count': count}} {_('Somebody they talked with could ask how they are.')}"


def roles(facts: Facts) -> str:
    """On how many people the roles rest."""
    count = facts.get("carriers")
    if count is None:
        return _("The roles rest on few people; perhaps somebody would like to learn one.")
    told = ngettext("%(count)d person shared the roles.", "%(count)d people shared the roles.", count)
    return told % {"count": count}


def trades(facts: Facts) -> str:
    """How many came, and how mixed they are."""
    people, count = facts.get("people"), facts.get("trades")
    if people is None or count is None:
        return _("Few came, so nothing is told of trades.")
    told = ngettext("%(people)d person came", "%(people)d people came", people) % {"people": people}
    mixed = ngettext("of %(count)d trade.", "of %(count)d different trades.", count) % {"count": count}
    return f"{told} {mixed}"
