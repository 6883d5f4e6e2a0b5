"""Django's admin, for whoever looks after the instance: to look and to help, hardly to change anything.

Left out on purpose: notes, pitches, who raised a hand, who talked with whom, who would like or
rather not sit with whom, and the secrets of links.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kawka.actions.outbox import send_again
from kawka.models import (
    Account,
    Answer,
    Attendance,
    Community,
    Group,
    JobRun,
    Meeting,
    Membership,
    OutgoingMail,
    Person,
    PersonalLink,
    Series,
)

admin.site.site_header = admin.site.site_title = "Kawka"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class LookOnly(admin.ModelAdmin):
    """Rows that are looked at here and changed on the pages of the site."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Account)
class AccountAdmin(LookOnly):
    list_display = ("email", "is_active", "is_staff", "last_login", "joined_at")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email",)
    fields = ("email", "language", "is_active", "is_staff", "is_superuser", "last_login", "joined_at")
    readonly_fields = ("email", "language", "last_login", "joined_at")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Accounts are switched off here, and made admins."""
        return bool(request.user.is_superuser)


@admin.register(Community)
class CommunityAdmin(LookOnly):
    list_display = ("name", "code", "is_sample", "created_at")
    search_fields = ("name",)


@admin.register(Group)
class GroupAdmin(LookOnly):
    list_display = ("name", "town", "community", "is_listed", "created_at")
    list_select_related = ("community",)
    search_fields = ("name", "town", "slug")


@admin.register(Series)
class SeriesAdmin(LookOnly):
    list_display = ("group", "kind", "starts_at", "starts_on", "ended_on")
    list_select_related = ("group",)


@admin.register(Meeting)
class MeetingAdmin(LookOnly):
    list_display = ("group", "local_date", "starts_at", "state")
    list_filter = ("state",)
    list_select_related = ("group",)
    date_hierarchy = "local_date"
    exclude = ("room_code",)


@admin.register(Person)
class PersonAdmin(LookOnly):
    list_display = ("name", "email", "community", "account", "email_proven_at", "created_at")
    list_select_related = ("community", "account")
    search_fields = ("name", "email")


@admin.register(Membership)
class MembershipAdmin(LookOnly):
    list_display = ("person", "group", "standing", "wants_mail", "joined_at")
    list_filter = ("standing",)
    list_select_related = ("person", "group")
    search_fields = ("person__name", "person__email", "group__name")


@admin.register(Answer, Attendance)
class AtMeetingAdmin(LookOnly):
    list_display = ("__str__",)
    list_select_related = ("person", "meeting__group")
    search_fields = ("person__name", "meeting__group__name")


@admin.register(PersonalLink)
class PersonalLinkAdmin(LookOnly):
    list_display = ("person", "scope", "group", "created_at", "expires_at", "revoked_at")
    list_filter = ("scope",)
    list_select_related = ("person", "group")
    exclude = ("secret",)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(LookOnly):
    """Whether a mail went out and why not; never what it says, which is its reader's."""

    list_display = ("kind", "to", "created_at", "due_at", "sent_at", "failed_at", "attempts")
    list_filter = ("kind", "sent_at", "failed_at")
    search_fields = ("to",)
    exclude = ("key", "subject", "text", "html", "headers", "attachments")
    actions = ("send_failed_again",)

    @admin.action(description=_("Send again what failed"))
    def send_failed_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        count = send_again(mails=list(queryset), now=timezone.now())
        self.message_user(request, _("Mails put back into the outbox: %(count)s.") % {"count": count})


@admin.register(JobRun)
class JobRunAdmin(LookOnly):
    list_display = ("name", "due_at", "started_at", "finished_at", "error")
