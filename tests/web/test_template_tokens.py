"""A fragment with a form keeps its token: `only` in an include would drop it."""

import re
from pathlib import Path

import kawka

TEMPLATES = Path(kawka.__file__).parent / "templates"
INCLUDE = re.compile(r"""{% include ["']([^"']+)["']([^%]*)%}""")


def test_no_form_loses_its_token():
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    needing = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    grown = 0
    while grown != len(needing):
        grown = len(needing)
        needing |= {
            name for name, text in texts.items() if needing & {at for at, _with in INCLUDE.findall(text)}
        }

    losing = [
        f"{name}: {included}"
        for name, text in texts.items()
        for included, given in INCLUDE.findall(text)
        if included in needing and given.split()[-1:] == ["only"] and "csrf_token=csrf_token" not in given
    ]

    assert losing == []
