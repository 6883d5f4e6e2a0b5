"""Every kind of mail with sample data in both languages: the texts the tests keep, in a clone of Kawka."""

from dataclasses import dataclass
from pathlib import Path

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kawka.web.mail import FRAME, MAY_DO, while_mail_is_shown

SAMPLES: Path = settings.PACKAGE.parent.parent / "tests" / "mail" / "golden"
PARTS = "\n----\n"


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail as the tests keep it."""

    language: str
    headers: list[tuple[str, str]]
    text: str
    html: str

    @property
    def subject(self) -> str:
        """What stands in the list of a mail program."""
        return dict(self.headers).get("Subject", "")


def names() -> list[str]:
    """The samples by name and language: `recap.pl`; none where Kawka was installed without its tests."""
    return sorted(file.stem for file in SAMPLES.glob("*.txt"))


def sample(name: str) -> Sample:
    """The sample of this name. Else 404."""
    if name not in names():
        raise Http404
    head, text, html = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").split(PARTS, 2)
    headers = [line.partition(": ") for line in head.splitlines()]
    return Sample(name.rpartition(".")[2], [(field, value) for field, _colon, value in headers], text, html)


@require_safe
@while_mail_is_shown
def mail_samples(request: HttpRequest) -> HttpResponse:
    rows = [(name, sample(name)) for name in names()]
    return render(request, "mail_shown/samples.html", {"rows": rows})


@require_safe
@while_mail_is_shown
def mail_sample(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "mail_shown/sample.html", {"name": name, "mail": sample(name), "may_do": MAY_DO})


@require_safe
@while_mail_is_shown
@csp_exempt()  # type: ignore[arg-type]
def mail_sample_html(request: HttpRequest, name: str) -> HttpResponse:
    page = sample(name).html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(page, headers=FRAME)
