"""What the documentation says is so: docstrings, the examples of README.md, the types."""

from __future__ import annotations

import doctest
import os
import pathlib
import subprocess
import sys

import onrecord
import onrecord.html
import onrecord.record
import pytest

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = pathlib.Path(onrecord.__file__).parent


def test_docstrings() -> None:
    tried = 0
    for module in (onrecord, onrecord.record, onrecord.html):
        failed, count = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
        assert failed == 0, module
        tried += count
    assert tried > 20


def blocks(page: pathlib.Path, language: str) -> list[str]:
    parts = page.read_text("utf-8").split(f"```{language}\n")[1:]
    return [part.split("```")[0] for part in parts]


@pytest.mark.parametrize("number", range(len(blocks(HERE.parent / "README.md", "python"))))
def test_examples_of_the_readme(number: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = blocks(HERE.parent / "README.md", "python")[number]
    os.symlink(HERE.parents[1] / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, f"README.md, example {number + 1}", "exec"), {"__name__": "__main__"})


def test_the_example_for_dask(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dask.dataframe")
    import pandas

    (code,) = blocks(HERE.parents[1] / "docs" / "spark.md", "python dask")
    monkeypatch.chdir(tmp_path)
    pathlib.Path("articles").mkdir()
    for number in range(3):
        texts = [f"It rained for {hours} hours." for hours in range(2, 12)] + [None]
        frame = pandas.DataFrame({"id": [f"{number}-{n}" for n in range(11)], "text": texts, "other": 1})
        frame.to_parquet(f"articles/{number}.parquet")
    exec(compile(code, "docs/spark.md", "exec"), {"__name__": "__main__"})
    claims = pandas.read_parquet("claims")
    assert len(claims) == 33 and claims["error"].notna().sum() == 3
    assert claims["value"].dropna().sum() == 3 * sum(range(2, 12))


def test_types() -> None:
    config = ["--config-file", str(HERE.parent / "pyproject.toml"), "--no-error-summary"]
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", *config, "-p", "onrecord"], capture_output=True, text=True, cwd=HERE
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    ran = subprocess.run([sys.executable, "-m", "mypy", *config, *HERE.glob("*.py")], capture_output=True, text=True, cwd=HERE)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_stubs_are_the_modules() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "onrecord._onrecord", "--ignore-missing-stub"],
        capture_output=True,
        text=True,
        cwd=HERE,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
