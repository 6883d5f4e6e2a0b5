from pathlib import Path

import pytest

from kawka.engine.matching.compiling import compiled
from kawka.engine.matching.lexicon import Lexicon
from kawka.engine.matching.words import read


@pytest.fixture(scope="session")
def words() -> Lexicon:
    """A lexicon of ten entries."""
    return Lexicon(compiled([Path(__file__).parent / "matching" / "small.toml"]), read("abbr.toml"))
