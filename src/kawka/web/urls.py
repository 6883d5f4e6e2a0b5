"""Every page and what answers it."""

from django.urls import URLPattern, URLResolver, path

from kawka.web import answers, public

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

urlpatterns: list[URLPattern | URLResolver] = [
    *PUBLIC,
    *ANSWERS,
]
