"""Where the pages are mounted."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("kawka.web.account_urls")),
    path("", include("kawka.web.urls")),
]
handler400 = "kawka.web.errors.bad_request"
handler403 = "kawka.web.errors.forbidden"
handler404 = "kawka.web.errors.not_found"
handler500 = "kawka.web.errors.server_error"
