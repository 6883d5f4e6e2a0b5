"""A model of meaning: one more channel of the matcher, where `kawka[embeddings]` and a model are at hand."""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kawka.engine.matching.meaning import Embedder

NOT_INSTALLED = (
    "KAWKA_EMBEDDINGS is set, but what reads a model is not there: pip install 'kawka[embeddings]'."
)
NO_MODEL = "KAWKA_EMBEDDINGS names no folder with a model2vec model: {folder}."


def embedder() -> Embedder | None:
    """Texts to unit vectors by the model of this instance; None where none is set, and nothing is missing."""
    return model_in(settings.EMBEDDINGS) if settings.EMBEDDINGS else None


@lru_cache(maxsize=1)
def model_in(folder: str) -> Embedder:
    """The static model of model2vec in a folder, read once. Raises ImproperlyConfigured with what to do."""
    try:
        reader = import_module("model2vec").StaticModel
    except ImportError as error:
        raise ImproperlyConfigured(NOT_INSTALLED) from error
    if not (Path(folder) / "model.safetensors").is_file():
        raise ImproperlyConfigured(NO_MODEL.format(folder=folder))
    model = reader.from_pretrained(folder, normalize=True)

    def vectors(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[float(part) for part in vector] for vector in model.encode(list(texts))]

    return vectors
