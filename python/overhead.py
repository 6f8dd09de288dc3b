"""What Python costs: the calls of the package beside the Rust pipeline alone, over the sample articles.

    python overhead.py [--rounds N] [--at-most PERCENT]

CPU seconds of one thread, calls taken in turns, the least of all rounds of each: what else the machine does hardly shows.
With --at-most it fails where `extract_arrow` costs more than so many per cent above the pipeline.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import time
from collections.abc import Callable
from typing import Any

import onrecord
import pyarrow as pa
from onrecord import _onrecord

CORPUS = pathlib.Path(__file__).resolve().parents[1] / "corpus"
# a batch of a hundred articles
COPIES = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--at-most", type=float, metavar="PERCENT")
    options = parser.parse_args()

    texts = [file.read_bytes().decode() for file in sorted(CORPUS.glob("*.txt"))] * COPIES
    size = sum(len(text.encode()) for text in texts)
    batch = pa.record_batch({"id": [str(number) for number in range(len(texts))], "text": texts})
    pipeline = onrecord.Pipeline()

    def arrow(table: str | None = None) -> Callable[[], Any]:
        return lambda: pa.record_batch(pipeline.extract_arrow(batch, table=table, threads=1))

    calls: dict[str, Callable[[], Any]] = {
        "the Rust pipeline alone": lambda: _onrecord.run(pipeline, texts),
        "extract_arrow": arrow(),
        'extract_arrow(table="json")': arrow("json"),
        'extract_arrow(table="claims")': arrow("claims"),
        "extract": lambda: [None for text in texts if not pipeline.extract(text)],
        "extract, all records kept": lambda: [pipeline.extract(text) for text in texts],
    }
    least = dict.fromkeys(calls, float("inf"))
    for _ in range(options.rounds):
        for name, call in calls.items():
            start = time.thread_time()
            call()
            least[name] = min(least[name], time.thread_time() - start)

    alone = least["the Rust pipeline alone"]
    print(f"{len(texts)} articles, {size / 1e6:.1f} MB, one thread, onrecord {onrecord.__version__}")
    for name, seconds in least.items():
        print(f"{name:32} {size / seconds / 1e6:6.2f} MB/s  {(seconds / alone - 1) * 100:+6.1f}%")
    above = (least["extract_arrow"] / alone - 1) * 100
    if options.at_most is not None and above > options.at_most:
        print(f"extract_arrow costs {above:.1f}% above the pipeline; {options.at_most:g}% is the most", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
