"""Every page and what answers it."""

from django.urls import URLPattern, URLResolver, path

from kawka.web import (
    accounts,
    answers,
    cards,
    dates,
    day,
    groups,
    home,
    live,
    mail,
    me,
    operator,
    people,
    people_imports,
    phone,
    preferences,
    public,
    recaps,
    roles,
    sample,
    series,
    setup,
    standing_answers,
    talks,
    turns,
    week,
)

PUBLIC = [
    path("g/<slug:slug>/", public.group_page, name="group"),
    path("g/<slug:slug>/calendar.ics", public.group_calendar, name="group-calendar"),
    path("m/<str:code>/", public.meeting_page, name="meeting"),
    path("m/<str:code>/calendar.ics", public.meeting_calendar_file, name="meeting-calendar"),
]
ANSWERS = [
    path("g/<slug:slug>/answer/", answers.group_answer, name="group-answer"),
    path("m/<str:code>/answer/", answers.meeting_answer, name="meeting-answer"),
    path("m/<str:code>/companion/", answers.companion, name="meeting-companion"),
    path("g/<slug:slug>/standing-answer/", standing_answers.standing_answer, name="standing-answer"),
    path("g/<slug:slug>/away/", standing_answers.away, name="away"),
    path("a/<str:token>/", answers.answer_by_link, name="answer_by_link"),
    path("a/<str:token>/companion/", answers.companion, name="companion_by_link"),
    path("a/<str:token>/standing-answer/", standing_answers.standing_answer, name="standing_answer_by_link"),
    path("a/<str:token>/away/", standing_answers.away, name="away_by_link"),
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
OPERATOR = [
    path("operator/", operator.operator, name="operator"),
    path("operator/run/<int:number>/", operator.operator_run, name="operator-run"),
    path("operator/send/", operator.operator_send, name="operator-send"),
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
]
DATES = [
    path("g/<slug:slug>/settings/rhythm/", series.group_rhythm, name="group-rhythm"),
    path("g/<slug:slug>/settings/rhythm/new/", series.series_add, name="series-add"),
    path("g/<slug:slug>/settings/rhythm/<str:code>/", series.series_change, name="series-change"),
    path("g/<slug:slug>/settings/rhythm/<str:code>/pause/", series.series_pause, name="series-pause"),
    path("g/<slug:slug>/settings/rhythm/<str:code>/resume/", series.series_resume, name="series-resume"),
    path("g/<slug:slug>/settings/rhythm/<str:code>/end/", series.series_end, name="series-end"),
    path("g/<slug:slug>/dates/new/", dates.group_date_add, name="group-date-add"),
    path("m/<str:code>/date/", dates.meeting_date, name="meeting-date"),
    path("m/<str:code>/skip/", dates.meeting_skip, name="meeting-skip"),
    path("m/<str:code>/call-off/", dates.meeting_call_off, name="meeting-call-off"),
]
WEEK = [
    path("g/<slug:slug>/week/", week.group_week, name="group-week"),
    path("m/<str:code>/loose/", week.meeting_loose, name="meeting-loose"),
    path("m/<str:code>/ask-usual/", week.meeting_ask_usual, name="meeting-ask-usual"),
    path("m/<str:code>/headcount/", week.meeting_headcount, name="meeting-headcount"),
]
ROLES = [
    path("g/<slug:slug>/roles/", roles.group_roles, name="group-roles"),
    path("g/<slug:slug>/roles/plan/", roles.plan, name="roles-plan"),
    path("g/<slug:slug>/roles/new/", roles.role_add, name="role-add"),
    path("g/<slug:slug>/roles/mine/", turns.mine, name="turn-mine"),
    path("g/<slug:slug>/roles/<str:code>/", roles.role, name="role"),
    path("g/<slug:slug>/roles/<str:code>/wish/", roles.role_wish, name="role-wish"),
    path("g/<slug:slug>/roles/<str:code>/end/", roles.role_end, name="role-end"),
    path("g/<slug:slug>/turns/<str:code>/", turns.turn, name="turn"),
    path("g/<slug:slug>/turns/<str:code>/give-back/", turns.give_back, name="turn-give-back"),
    path("t/<str:token>/", turns.by_link, name="role_by_link"),
]
LIVE = [
    path("m/<str:code>/remote/", live.remote, name="live-remote"),
    path("m/<str:code>/projector/", live.projector, name="live-projector"),
    path("m/<str:code>/press/", live.press, name="live-press"),
    path("m/<str:code>/begin/", live.begin, name="live-begin"),
    path("m/<str:code>/end/", live.end, name="live-end"),
    path("m/<str:code>/release/", live.release, name="live-release"),
    path("m/<str:code>/live/", phone.phone, name="live-phone"),
    path("m/<str:code>/live/hand/", phone.hand, name="live-hand"),
    path("j/<str:room_code>/", phone.join, name="join"),
    path("j/<str:room_code>/me/", phone.join_as, name="join-as"),
    path("j/<str:room_code>/new/", phone.join_as_stranger, name="join-as-stranger"),
    path("l/<str:token>/", phone.by_link, name="live_by_link"),
]
DAY = [
    path("m/<str:code>/day/", day.day, name="meeting-day"),
    path("m/<str:code>/day/mark/", day.mark, name="meeting-mark"),
    path("m/<str:code>/day/companion/", day.companion, name="meeting-companion-came"),
    path("m/<str:code>/day/wish/", day.wish, name="meeting-wish"),
    path("m/<str:code>/day/walk-in/", day.walk_in, name="meeting-walk-in"),
    path("m/<str:code>/plan/", day.plan, name="meeting-plan"),
    path("m/<str:code>/plan/order/", day.order, name="meeting-order"),
    path("m/<str:code>/plan/fit/", day.fit, name="meeting-fit"),
    path("m/<str:code>/plan/spotlight/", day.spotlight, name="meeting-spotlight"),
    path("m/<str:code>/plan/close/", day.close, name="meeting-close"),
    path("m/<str:code>/plan/recap/", day.send_recaps, name="meeting-recap-send"),
    path("m/<str:code>/tables/", talks.tables, name="meeting-tables"),
    path("m/<str:code>/tables/deal/", talks.deal, name="tables-deal"),
    path("m/<str:code>/tables/swap/", talks.swap, name="tables-swap"),
]
RECAPS = [
    path("m/<str:code>/recap/", recaps.recap, name="meeting-recap"),
    path("m/<str:code>/recap/talk/", recaps.talk, name="meeting-recap-talk"),
    path("m/<str:code>/recap/note/", recaps.note, name="meeting-recap-note"),
    path("m/<str:code>/recap/answer/", recaps.answer, name="meeting-recap-answer"),
    path("m/<str:code>/recap/contacts.vcf", recaps.contacts, name="meeting-recap-contacts"),
    path("r/<str:token>/", recaps.recap, name="recap_by_link"),
    path("r/<str:token>/talk/", recaps.talk, name="recap_talk_by_link"),
    path("r/<str:token>/note/", recaps.note, name="recap_note_by_link"),
    path("r/<str:token>/answer/", recaps.answer, name="recap_answer_by_link"),
    path("r/<str:token>/contacts.vcf", recaps.contacts, name="recap_contacts_by_link"),
]
PEOPLE = [
    path("g/<slug:slug>/people/", people.people, name="people"),
    path("g/<slug:slug>/people/add/", people.people_add, name="people-add"),
    path("g/<slug:slug>/people/import/", people_imports.people_import, name="people-import"),
    path("g/<slug:slug>/people/export/<str:kind>/", people.people_export, name="people-export"),
    path("g/<slug:slug>/people/<str:code>/", people.people_place, name="people-place"),
    path("g/<slug:slug>/people/<str:code>/remove/", people.people_remove, name="people-remove"),
    path("import/<str:code>/", people_imports.import_preview, name="import"),
    path("import/<str:code>/confirm/", people_imports.import_confirm, name="import-confirm"),
]
CARDS = [
    path("me/", me.me, name="me"),
    path("me/data/", me.me_data, name="me-data"),
    path("p/<str:code>.vcf", cards.card_vcard, name="card-vcard"),
    path("p/<str:code>/", cards.card, name="card"),
    path("p/<str:code>/edit/", cards.card_edit, name="card-edit"),
    path("p/<str:code>/photo/", cards.card_photo_change, name="card-photo-change"),
    path("p/<str:code>/photo/<str:name>", cards.card_photo, name="card-photo"),
    path("p/<str:code>/preview/", cards.card_preview, name="card-preview"),
    path("p/<str:code>/pitch/", me.pitch, name="pitch"),
    path("p/<str:code>/note/", cards.card_note, name="card-note"),
    path("p/<str:code>/asks/<str:ask>/", cards.ask_close, name="ask-close"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *PEOPLE,
    *CARDS,
    *HOME,
    *GROUPS,
    *DATES,
    *PUBLIC,
    *ANSWERS,
    *DAY,
    *RECAPS,
    *ROLES,
    *ACCOUNTS,
    *LIVE,
    *OPERATOR,
    *WEEK,
]
