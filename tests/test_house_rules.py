"""The rules of the house that no linter knows: sizes, names, what is never written. No exceptions."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "kawka"
TEMPLATES = PACKAGE / "templates"
FORBIDDEN_STEMS = {
    *("utils", "util", "helpers", "helper", "common", "misc"),
    *("base", "service", "services", "manager", "managers"),
}
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X)\b")
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|href\s*=\s*[\"']javascript:", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(\bsrc=|application/(ld\+)?json))", re.IGNORECASE)
INCLUDED = re.compile(r"{%\s*include\s+[\"']([^\"']+)[\"']")
VARIABLE = re.compile(
    r"\benv\.(?:text|flag|words|number)\(\s*\"([A-Z_]+)\"|os\.environ(?:\.get)?[\[(]\s*\"([A-Z_]+)\""
)


def python_files(folder: Path = ROOT) -> list[Path]:
    """The files people write: neither migrations nor anything installed."""
    folders = [folder] if folder != ROOT else [PACKAGE, ROOT / "tests", ROOT / "bench"]
    return sorted(file for one in folders for file in one.rglob("*.py") if "migrations" not in file.parts)


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Every function in the file with its number of lines, decorators not counted."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def longer_than(limit: int, files: list[Path]) -> dict[str, int]:
    return {str(file.relative_to(ROOT)): lines(file) for file in files if lines(file) > limit}


def matching(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """Where the pattern occurs, as `file:line`."""
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def tracked_files() -> list[Path]:
    """Every file git knows; all files of the folders people write in when this is no clone."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        return [*python_files(), *TEMPLATES.rglob("*.html")]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_files_have_at_most_500_lines() -> None:
    assert longer_than(500, python_files()) == {}


def test_functions_have_at_most_60_lines() -> None:
    found = {name: size for file in python_files() for name, size in functions(file) if size > 60}

    assert found == {}


def test_views_have_at_most_25_lines() -> None:
    found = {
        name: size for file in python_files(PACKAGE / "web") for name, size in functions(file) if size > 25
    }

    assert found == {}


def test_templates_have_at_most_60_lines_and_fragments_30() -> None:
    pages = [file for file in TEMPLATES.rglob("*.html") if not file.name.startswith("_")]
    fragments = [file for file in TEMPLATES.rglob("*.html") if file.name.startswith("_")]

    assert longer_than(60, pages) == {}
    assert longer_than(30, fragments) == {}


def test_javascript_modules_have_at_most_80_lines() -> None:
    assert longer_than(80, sorted((PACKAGE / "static").rglob("*.js"))) == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    found = [str(file) for file in python_files() if file.stem in FORBIDDEN_STEMS]

    assert found == []


def test_model_files_hold_at_most_three_models() -> None:
    model = re.compile(r"^class \w+\((?:.*\b)?(?:models\.Model|AbstractBaseUser)\b", re.MULTILINE)
    counts = {file.name: len(model.findall(file.read_text())) for file in (PACKAGE / "models").glob("*.py")}

    assert {name: count for name, count in counts.items() if count > 3} == {}
    assert sum(counts.values()) > 20


def test_nothing_listens_to_signals() -> None:
    signals = re.compile(r"@receiver\b|\b(?:pre|post)_(?:save|delete|init|migrate)\.connect\(|m2m_changed")

    assert matching(signals, python_files(PACKAGE)) == []


def test_views_never_save() -> None:
    assert matching(re.compile(r"\.save\(|\.objects\.create\("), python_files(PACKAGE / "web")) == []


def test_nothing_is_left_unfinished() -> None:
    written = (".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".yml", ".service", ".env", "")
    files = [file for file in tracked_files() if file.suffix in written and file.name != "LICENSE"]

    assert matching(UNFINISHED, files) == []


def test_templates_have_no_inline_script_or_style() -> None:
    pages = [file for file in TEMPLATES.rglob("*.html") if "mail" not in file.relative_to(TEMPLATES).parts]

    assert matching(INLINE, pages) == []
    assert matching(INLINE_SCRIPT, pages) == []


def test_included_templates_are_fragments() -> None:
    names = {name for file in TEMPLATES.rglob("*.html") for name in INCLUDED.findall(file.read_text())}

    assert {name for name in names if not name.rsplit("/", 1)[-1].startswith("_")} == set()


def test_every_fragment_is_included_somewhere() -> None:
    fragments = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("_*.html")}
    written = "".join(file.read_text() for file in (*TEMPLATES.rglob("*.html"), *python_files(PACKAGE)))

    assert {name for name in fragments if f'"{name}"' not in written and f"'{name}'" not in written} == set()


@pytest.mark.parametrize("page", ["docs/admin.md", "deploy/example.env"])
def test_every_variable_is_documented(page: str) -> None:
    read = "".join(file.read_text() for file in python_files(PACKAGE))
    names = {first or second for first, second in VARIABLE.findall(read)}

    text = (ROOT / page).read_text()

    unset_by_people = {"DJANGO_SETTINGS_MODULE", "XDG_DATA_HOME"}
    assert {name for name in names - unset_by_people if name not in text} == set()
    assert len(names) > 5


def test_architecture_names_only_what_exists() -> None:
    named = set(
        re.findall(
            r"`((?:src|tests|docs|script|deploy|bench)/[\w./*-]*)`", (ROOT / "ARCHITECTURE.md").read_text()
        )
    )

    assert {name for name in named if not list(ROOT.glob(name.rstrip("/")))} == set()
    assert named
