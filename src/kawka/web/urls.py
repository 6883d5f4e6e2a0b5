"""Every page and what answers it."""

from django.urls import URLPattern, URLResolver, path

from kawka.web import accounts, answers, groups, home, mail, preferences, public, sample, setup

PUBLIC = [
    path("g/<slug:slug>/", public.group_page, name="group"),
    path("g/<slug:slug>/calendar.ics", public.group_calendar, name="group-calendar"),
    path("m/<str:code>/", public.meeting_page, name="meeting"),
    path("m/<str:code>/calendar.ics", public.meeting_calendar_file, name="meeting-calendar"),
]
ANSWERS = [
    path("g/<slug:slug>/answer/", answers.group_answer, name="group-answer"),
    path("m/<str:code>/answer/", answers.meeting_answer, name="meeting-answer"),
    path("a/<str:token>/", answers.answer_by_link, name="answer_by_link"),
]
ACCOUNTS = [
    path("account/", accounts.my_account, name="my_account"),
    path("account/mail/<slug:slug>/", accounts.mail_wish, name="mail_wish"),
    path("sign-in/<str:code>/<str:token>/", accounts.sign_in_by_link, name="sign_in_by_link"),
    path("unsubscribe/<str:token>/", accounts.unsubscribe, name="unsubscribe"),
    path("language/", preferences.language, name="language"),
    path("theme/", preferences.theme, name="theme"),
    path("dev/mail/", mail.mail_list, name="mail_list"),
    path("dev/mail/<int:number>/", mail.mail_page, name="mail_page"),
    path("dev/mail/<int:number>/html/", mail.mail_html, name="mail_html"),
]
HOME = [
    path("", home.home, name="home"),
    path("start/", setup.start, name="start"),
    path("start/<slug:step>/", setup.setup_step, name="setup-step"),
    path("sample/", sample.look_around, name="sample-look"),
    path("sample/remove/", sample.remove, name="sample-remove"),
]
GROUPS = [
    path("g/<slug:slug>/host/", groups.group_host, name="group-host"),
    path("g/<slug:slug>/settings/", groups.group_settings, name="group-settings"),
    path("g/<slug:slug>/settings/formula/", groups.group_formula, name="group-formula"),
    path("g/<slug:slug>/settings/rhythm/", groups.group_rhythm, name="group-rhythm"),
    path("g/<slug:slug>/dates/", groups.group_date_add, name="group-date-add"),
    path("m/<str:code>/date/", groups.meeting_date, name="meeting-date"),
    path("m/<str:code>/call-off/", groups.meeting_call_off, name="meeting-call-off"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *HOME,
    *GROUPS,
    *PUBLIC,
    *ANSWERS,
    *ACCOUNTS,
]
