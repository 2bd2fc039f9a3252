"""The error tree: one line each, and every error survives the way between processes."""

import pickle

import pytest

from extractor import errors


@pytest.mark.parametrize("kind", errors.ExtractionError.__subclasses__(), ids=lambda kind: kind.__name__)
def test_error_travels_between_processes(kind: type[errors.ExtractionError]) -> None:
    error = pickle.loads(pickle.dumps(kind("tệp rỗng", "hãy xin lại tệp")))
    assert type(error) is kind
    assert (error.what, error.todo, str(error)) == ("tệp rỗng", "hãy xin lại tệp", "tệp rỗng; hãy xin lại tệp")


def test_each_error_has_its_own_kind() -> None:
    kinds = [kind.kind for kind in errors.ExtractionError.__subclasses__()]
    assert len(set(kinds)) == len(kinds)
