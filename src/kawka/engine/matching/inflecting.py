"""All forms of a word, by Morfeusz 2 (a development dependency: only the compiler of the lexicon needs it).

A word becomes keys: a noun is its base form (`piec`), an adjective `nowy/a`, a verb `piec/v`, anything else
`x/x`, English its singular (`baker/e`). Words no dictionary knows are
declined like a known word with their ending.
"""

import re
from collections.abc import Iterable
from functools import cache

import morfeusz2

from kawka.engine.matching.words import read, singular

VERBAL = ("fin", "praet", "impt", "inf", "bedzie", "imps", "pcon", "pant", "pact", "ppas", "ger", "cond")
KEPT = frozenset(("fin", "praet", "impt", "inf", "imps", "pact", "ppas", "ger"))
MODELS = (
    ("erka", "kelnerka"), ("orka", "aktorka"), ("istka", "pianistka"), ("ystka", "artystka"),
    ("olożka", "biolożka"), ("anka", "koleżanka"), ("nka", "koleżanka"), ("arka", "piekarka"),
    ("ska", "polski"), ("cka", "grecki"), ("ka", "matka"), ("er", "kelner"), ("or", "aktor"),
    ("olog", "biolog"),
    ("ing", "marketing"), ("ista", "pianista"), ("ysta", "artysta"), ("euta", "terapeuta"),
    ("peda", "logopeda"), ("pata", "psychopata"), ("nia", "cukiernia"), ("cja", "kolacja"),
    ("ia", "historia"), ("nik", "rolnik"), ("istrz", "mistrz"), ("arz", "piekarz"), ("owy", "nowy"),
    ("owa", "nowy"), ("czny", "fizyczny"), ("czna", "fizyczny"), ("lny", "szkolny"), ("lna", "szkolny"),
    ("ski", "polski"), ("cki", "grecki"), ("na", "panna"), ("la", "fala"), ("a", "mapa"),
    ("acz", "tłumacz"), ("ek", "domek"), ("ość", "wiadomość"), ("om", "dom"), ("et", "bilet"),
    ("ok", "rok"), ("ogram", "program"), ("an", "plan"), ("anie", "mieszkanie"), ("enie", "marzenie"),
    ("aj", "zwyczaj"), ("el", "hotel"),
)  # fmt: skip
ADJECTIVES = ("nowy", "fizyczny", "szkolny", "polski", "grecki")


@cache
def _analyser() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(praet="composite")


def known(word: str) -> bool:
    """Whether the dictionary has this form (names of people and places do not count)."""
    return bool(_analyses(word))


@cache
def written(word: str) -> bool:
    """Whether anybody writes this on purpose: a word, a first name, a place, but no surname."""
    return any(
        tag != "ign" and "nazwisko" not in labels
        for spelling in (word, word.capitalize())
        for _, _, (_, _, tag, labels, _) in _analyser().analyse(spelling)
    )


@cache
def _analyses(word: str) -> tuple[tuple[str, str], ...]:
    """Lemma and class of every reading of a form."""
    found: dict[tuple[str, str], None] = {}
    readings = _analyser().analyse(word)
    last = max((end for _, end, _ in readings), default=0)
    for start, end, (_, lemma, tag, labels, _) in readings:
        if (start, end) != (0, last):
            continue
        kind = tag.partition(":")[0]
        proper = any(label in ("imię", "nazwisko", "nazwa_geograficzna", "nazwa_własna") for label in labels)
        if kind != "ign" and not (proper and lemma[:1].isupper()):
            found[lemma, kind] = None
    return tuple(found)


def key_of(lemma: str, kind: str) -> str:
    """The name under which all forms of a lemma are kept."""
    bare = lemma.partition(":")[0].casefold()
    if kind in ("subst", "depr", "brev", "subst:pt"):
        return bare
    if kind.startswith("adj"):
        return bare + "/a"
    return bare + ("/v" if kind in VERBAL else "/x")


@cache
def forms_of(key: str) -> frozenset[str]:
    """Every form of a key, in lower case."""
    bare, _, kind = key.partition("/")
    if kind == "e":
        return frozenset()
    if kind == "g":
        return frozenset(_generated(bare, "ger"))
    forms = set(_generated(bare, kind))
    if kind == "v":
        for other in _aspect_partners(bare):
            forms.update(_generated(other, "v"))
    forms.update(() if forms else _modelled(bare))
    return frozenset(forms | ({bare} if kind != "g" else set()))


@cache
def plural_forms(key: str) -> frozenset[str]:
    """The forms of a noun that can only be plural."""
    if "/" in key:
        return frozenset()
    single: set[str] = set()
    several: set[str] = set()
    for form, base, tag, _, _ in _analyser().generate(key):
        if tag.startswith("subst:") and base.partition(":")[0].casefold() == key:
            (several if tag.startswith("subst:pl") else single).add(form.casefold())
    return frozenset(several - single)


def _generated(bare: str, kind: str) -> Iterable[str]:
    for lemma in {bare, bare.capitalize(), bare.upper()}:
        for form, base, tag, _, _ in _analyser().generate(lemma):
            first = tag.partition(":")[0]
            wanted = {"": "subst", "a": "adj", "v": "verb", "x": "other", "ger": "ger"}[kind]
            got = "subst" if first in ("subst", "depr") else "adj" if first.startswith("adj") else first
            if got in VERBAL:
                got = "ger" if kind == "ger" and got == "ger" else "verb" if got in KEPT else "none"
            elif got not in ("subst", "adj"):
                got = "other" if first != "ign" else "none"
            if (
                got == wanted
                and ":neg" not in tag
                and "sup" not in tag
                and base.partition(":")[0].casefold() == bare
            ):
                yield form.casefold()


@cache
def _aspect_partners(infinitive: str) -> frozenset[str]:
    """The same deed done and being done: rozliczyć, rozliczać."""
    guesses: list[str] = []
    for ending, others in (("yć", ("ać",)), ("ić", ("iać", "ać")), ("ać", ("yć", "ić", "ywać", "iwać")),
                           ("iać", ("ić",)), ("ować", ("owywać", "ić")), ("ywać", ("ać",)), ("iwać", ("ać",)),
                           ("nąć", ("ać",))):  # fmt: skip
        if infinitive.endswith(ending):
            guesses += [infinitive[: -len(ending)] + other for other in others]
    aspect = _aspect(infinitive)
    paired = {guess for guess in guesses if len(guess) > 4 and {_aspect(guess), aspect} == {"perf", "imperf"}}
    return frozenset(paired.union(*(group for group in _written_pairs() if infinitive in group)))


@cache
def _written_pairs() -> tuple[frozenset[str], ...]:
    """The groups of aspects.txt."""
    lines = read("aspects.txt").splitlines()
    return tuple(frozenset(line.split()) for line in lines if line and not line.startswith("#"))


@cache
def _aspect(infinitive: str) -> str:
    for _, _, (_, _, tag, _, _) in _analyser().analyse(infinitive):
        if tag.startswith("inf:"):
            return "perf" if tag.endswith(":perf") else "imperf"
    return ""


def _modelled(bare: str) -> Iterable[str]:
    before, hyphen, noun = bare.rpartition("-")
    if hyphen:
        yield from (before + hyphen + form for form in forms_of(noun))
        return
    for ending, model in MODELS:
        if bare.endswith(ending) and len(bare) > len(ending) + 1:
            root = model[: -len(ending)]
            for form in _generated(model, "a" if model in ADJECTIVES else ""):
                if form.startswith(root):
                    yield bare[: -len(ending)] + form[len(root) :]
            return
    if re.fullmatch(r"[a-z]*[bcdfghklłmnprstwz]", bare):
        for ending in ("", "a", "u", "owi", "em", "ie", "y", "i", "ów", "om", "ami", "ach"):
            yield bare + ending


def english(words: list[str]) -> bool:
    """Whether a phrase of the lexicon is English: no Polish letter, and a word Polish does not know."""
    return all(word.isascii() for word in words) and not all(known(word) for word in words)


@cache
def keys_of_word(word: str, alone: bool, in_english: bool) -> tuple[str, ...]:
    """The keys a word of a phrase stands for; a word alone is a base form, so its noun counts first."""
    found = list(dict.fromkeys(key_of(lemma, kind) for lemma, kind in _analyses(word)))
    own = [key for key in found if key.partition("/")[0] == word]
    if alone and own:
        found = [next((key for key in own if "/" not in key), own[0])]
        if any(kind == "ger" for _, kind in _analyses(word)):
            found = own[:1]
    elif alone and any(kind == "ger" for _, kind in _analyses(word)):
        found = [next(lemma for lemma, kind in _analyses(word) if kind == "ger").partition(":")[0] + "/g"]
    if in_english:
        found += [*([word] if not found else []), singular(word) + "/e"]
    elif not found:
        found = [word, *([singular(word) + "/e"] if word.isascii() else [])]
    return tuple(found)
