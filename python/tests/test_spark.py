"""Spark: on a real cluster, which is a master and two workers on loopback, the records are those of the local run.

Needs pyspark and Java. Generous time-outs: the machine may be busy.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import onrecord
import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java on this machine", allow_module_level=True)

import pyarrow as pa
import pyspark

PATIENCE = 600
COPIES = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A standalone cluster's processes, ended by their ids."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.url = f"spark://127.0.0.1:{free_port()}"
        self.running: list[subprocess.Popen[bytes]] = []
        home = pathlib.Path(pyspark.__file__).parent
        self.env = os.environ | {
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
            "SPARK_NO_DAEMONIZE": "1",
            "SPARK_DAEMON_MEMORY": "256m",
            "PYSPARK_PYTHON": sys.executable,
        }
        self.program = str(home / "bin" / "spark-class")
        _, _, port = self.url.rpartition(":")
        self.start("master", "master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", str(free_port()))
        self.wait("master", "Starting Spark master|New state: ALIVE")
        self.workers = [
            self.start(
                f"worker{number}",
                "worker.Worker",
                *("--host", "127.0.0.1", "--cores", "1", "--memory", "600m"),
                *("--webui-port", str(free_port()), "--work-dir", str(folder / f"work{number}"), self.url),
            )
            for number in (1, 2)
        ]
        for number in (1, 2):
            self.wait(f"worker{number}", "Successfully registered")

    def start(self, name: str, of: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = open(self.folder / f"{name}.log", "wb")
        call = [self.program, f"org.apache.spark.deploy.{of}", *arguments]
        # a session of its own, so that what it starts can be ended with it
        process = subprocess.Popen(
            call, stdout=log, stderr=subprocess.STDOUT, env=self.env, cwd=self.folder, start_new_session=True
        )
        self.running.append(process)
        return process

    def wait(self, name: str, pattern: str) -> None:
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, (self.folder / f"{name}.log").read_text("utf-8", "replace")):
            assert time.monotonic() < end, f"{name} does not start"
            time.sleep(0.2)

    def executors(self) -> list[int]:
        """Process ids of the executors: children of the workers, by /proc."""
        ours = {worker.pid for worker in self.workers}
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                stat = (entry / "stat").read_text()
                command = (entry / "cmdline").read_text()
            except OSError:
                continue
            parent = int(stat.rpartition(")")[2].split()[1])
            if parent in ours and "CoarseGrainedExecutorBackend" in command:
                found.append(int(entry.name))
        return found

    def stop(self) -> None:
        for process in reversed(self.running):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.update(cluster.env)
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.network.timeout": "600s",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = SparkSession.builder.master(cluster.url).appName("onrecord")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def articles(corpus: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"id": f"{article['id']}-{copy}", "text": article["text"], "publisher": f"Paper {copy}"}
        for copy in range(COPIES)
        for article in corpus
    ]


@pytest.fixture(scope="module")
def local(articles: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Id and JSON of each, as this process makes them."""
    rows = pa.record_batch(onrecord.extract_arrow(pa.RecordBatch.from_pylist(articles), table="json")).to_pylist()
    return sorted((row["id"], row["record"]) for row in rows)


def test_records_are_those_of_the_local_run(
    spark: Any, articles: list[dict[str, Any]], local: list[tuple[str, str]]
) -> None:
    import onrecord.spark

    df = spark.createDataFrame(articles).repartition(8)
    rows = onrecord.spark.extract(df, table="json").collect()
    assert sorted((row.id, row.record) for row in rows) == local
    assert all(row.error is None for row in rows)

    some = spark.createDataFrame(articles[:100]).repartition(3)
    whole = {row.id: row.asDict(recursive=True) for row in onrecord.spark.extract(some).collect()}
    assert len(whole) == 100
    wanted = dict(local)
    for id, row in whole.items():
        assert row.pop("error") is None
        row["meta"]["extra"] = json.loads(row["meta"]["extra"])
        assert row == json.loads(wanted[id])


def test_a_flat_table_is_asked_by_sql(spark: Any, articles: list[dict[str, Any]], local: list[tuple[str, str]]) -> None:
    import onrecord.spark

    df = spark.createDataFrame(articles[:200])
    onrecord.spark.extract(df, table="claims").createOrReplaceTempView("claims")
    ((count, value),) = spark.sql("SELECT count(*), sum(value) FROM claims WHERE unit = 'percent' OR unit = '%'").collect()
    ids = {article["id"] for article in articles[:200]}
    claims = [c for id, line in local if id in ids for c in json.loads(line)["claims"] if c["unit"] in ("%", "percent")]
    assert count == len(claims) > 100
    assert abs(value - sum(c["value"] or 0 for c in claims)) < 1e-6


def test_bad_rows_are_told_and_the_job_goes_on(spark: Any) -> None:
    import onrecord.spark

    df = spark.sql(
        """SELECT * FROM VALUES ('a', 'It rained for 12 hours.'), ('b', NULL), ('c', '  '), ('d', 'Rain fell.'), (NULL, 'Snow.')
           AS t(id, text) UNION ALL SELECT 'e', cast(unhex('436166E9') AS string)"""
    )
    rows = {row.id: row for row in onrecord.spark.extract(df).collect()}
    assert len(rows) == 6
    assert {id: row.error is None for id, row in rows.items() if id} | {"made": True} == {
        "a": True,
        "b": False,
        "c": False,
        "d": True,
        "e": False,
        "made": True,
    } | {id: True for id in rows if id and len(id) == 16}
    assert "has no text" in rows["b"].error and "not UTF-8" in rows["e"].error
    assert rows["b"].claims is None and rows["a"].claims[0].value == 12.0
    flat = onrecord.spark.extract(df, table="claims").collect()
    assert sorted((row.article_id, row.error is None) for row in flat) == [("a", True), ("b", False), ("c", False), ("e", False)]


def test_wrong_calls_are_told_before_anything_runs(spark: Any) -> None:
    import onrecord.spark

    df = spark.createDataFrame([("a", "Rain fell.")], ["id", "body"])
    calls: list[tuple[dict[str, Any], str]] = [
        ({}, 'there is no column "text"; there is id'),
        ({"text": "body", "id": "key"}, 'there is no column "key"'),
        ({"text": "body", "table": "verbs"}, 'there is no table "verbs"'),
        ({"text": "body", "offsets": "words"}, 'offsets="words" means nothing'),
    ]
    for options, message in calls:
        with pytest.raises(onrecord.Error) as told:
            onrecord.spark.extract(df, **options)
        assert message in str(told.value), told.value


def test_own_rules_travel(spark: Any, tmp_path: pathlib.Path) -> None:
    import onrecord.spark

    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "cues.toml").write_text(
        '[[cue]]\nid = "thunder"\nframes = ["quote", "that", "clause", "after"]\nweight = 0.9\n'
    )
    df = spark.createDataFrame([("a", "“We will not yield,” thundered Mayor Ana Brandt.")], ["id", "text"])
    made = onrecord.spark.extract(df, rules=str(rules), only=["attributions"], with_text=True)
    shutil.rmtree(rules)
    (row,) = made.collect()
    assert row.attributions[0].cue.lemma == "thunder" and row.text.startswith("“We will")


def test_an_executor_that_is_killed_loses_nothing(
    cluster: Cluster, spark: Any, articles: list[dict[str, Any]], local: list[tuple[str, str]], tmp_path: pathlib.Path
) -> None:
    import onrecord.spark

    killed: list[tuple[int, int]] = []

    def kill() -> None:
        """Waits until some tasks are done and others are not."""
        tracker = spark.sparkContext.statusTracker()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not killed:
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if info and info.numTasks == 60 and 5 <= info.numCompletedTasks < 50:
                    executor = cluster.executors()[0]
                    os.kill(executor, signal.SIGKILL)
                    killed.append((executor, info.numCompletedTasks))
                    return
            time.sleep(0.01)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    df = spark.createDataFrame(articles).repartition(60)
    out = str(tmp_path / "records")
    onrecord.spark.extract(df, table="json").write.parquet(out)
    killer.join()
    assert killed, "the job was over before an executor could be killed"
    rows = spark.read.parquet(out).collect()
    assert sorted((row.id, row.record) for row in rows) == local
    assert killed[0][0] not in cluster.executors()
