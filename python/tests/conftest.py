"""What the tests read: the sample articles, and the articles with expected records."""

from __future__ import annotations

import json
import os
import pathlib
from typing import Any

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def read(path: pathlib.Path) -> str:
    """The text as it stands: nothing done to its line ends."""
    return path.read_bytes().decode()


@pytest.fixture(scope="session")
def corpus() -> list[dict[str, Any]]:
    files = sorted((ROOT / "corpus").glob("*.txt"))
    assert len(files) >= 50
    return [{"id": file.stem, "text": read(file)} for file in files]


@pytest.fixture(scope="session")
def fixtures() -> list[tuple[str, str, dict[str, Any]]]:
    """Id, text and expected record of each."""
    texts = sorted((ROOT / "fixtures").glob("*/*.txt"))
    assert len(texts) > 50
    expected = [json.loads(text.with_suffix(".json").read_text("utf-8")) for text in texts]
    return [(text.stem, read(text), record) for text, record in zip(texts, expected)]


@pytest.fixture(scope="session")
def program() -> str:
    """The command line, to compare with; CI says where it is."""
    program = os.environ.get("ONRECORD")
    if not program:
        pytest.skip("ONRECORD does not name the program to compare with")
    return program
