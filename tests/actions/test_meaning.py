"""Who can help by a model of meaning: with a small model of its own, and with none."""

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from kawka.actions.matches import kept_index
from kawka.actions.meaning import embedder
from kawka.engine.matching.cards import Person

PEOPLE = (
    Person(id="ola", headline="bzzt", offers=("wrum",)),
    Person(id="jan", headline="kukuryku"),
    Person(id="ewa", asks=(("a", "szukam brumbrum"),)),
)


@pytest.fixture
def model(tmp_path, settings):
    """Knows four words; "brumbrum" means what "wrum" does."""
    words = {"[UNK]": 0, "wrum": 1, "brumbrum": 2, "kukuryku": 3}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    vectors = np.array([[0, 0, 0.01], [1, 0, 0], [1, 0.1, 0], [0, 1, 0]], dtype=np.float32)
    StaticModel(vectors, tokenizer).save_pretrained(tmp_path)
    settings.EMBEDDINGS = str(tmp_path)
    kept_index.cache_clear()
    yield
    kept_index.cache_clear()


def test_words_no_lexicon_knows_are_near_by_meaning(model):
    [match] = kept_index(PEOPLE).rank("a", "ewa")

    assert (match.person, match.relation, match.reasons[0].channel) == ("ola", "does", "meaning")


def test_without_a_model_nothing_is_read():
    assert embedder() is None


def test_a_folder_without_a_model_is_told(settings, tmp_path):
    settings.EMBEDDINGS = str(tmp_path)

    with pytest.raises(ImproperlyConfigured, match="names no folder with a model2vec model"):
        embedder()
