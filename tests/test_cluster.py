"""Files read by a real Dask cluster: order, workers that die or join, another version, a scheduler that is lost."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from test_cli_ingest import PLAN
from test_guard import LINE

from extractor.blocks import Limits
from extractor.cluster import ClusterPool
from extractor.cluster_worker import ClusterError, identity
from extractor.errors import TooLargeError, UnreadableError
from extractor.guard import Bounds

MANY = 16
BOUNDS = Bounds(seconds=120)
DASK = [sys.executable, "-m", "distributed.cli.dask_scheduler"], [sys.executable, "-m", "distributed.cli.dask_worker"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="tín hiệu của POSIX")


class Machines:
    """A scheduler and its workers, each a process of its own, as an office would start them."""

    def __init__(self, folder, port=0):
        self.folder, self.workers = folder, []
        self.scheduler = self._run(
            [*DASK[0], "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], "scheduler"
        )
        self.address = self._said("scheduler", r"Scheduler at:\s+(tcp://\S+)")

    def _run(self, command, name, **environment):
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, env={**os.environ, **environment},
                start_new_session=True,
            )  # fmt: skip

    def _said(self, name, pattern):
        for _ in range(600):
            found = re.search(pattern, (self.folder / f"{name}.log").read_text("utf-8"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError((self.folder / f"{name}.log").read_text("utf-8"))

    def add(self, daemon="False"):
        """Starts a worker of one thread."""
        name = f"worker-{len(self.workers)}"
        command = [*DASK[1], self.address, "--nthreads", "1", "--no-dashboard", "--nanny"]
        self.workers.append(self._run(command, name, DASK_DISTRIBUTED__WORKER__DAEMON=daemon))
        self._said(name, r"(Registered to)")

    def stop(self):
        for process in (*self.workers, self.scheduler):
            kill(process)


def kill(process):
    """Ends a process and all of its group without a warning, as a power cut does."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    with running(tmp_path_factory.mktemp("máy")) as found:
        found.add()
        yield found


@contextmanager
def running(folder, port=0):
    found = Machines(folder, port)
    try:
        yield found
    finally:
        found.stop()


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "lưu trữ"
    folder.mkdir()
    for number in range(1, MANY + 1):
        plan = PLAN.replace("215/KH-UBND", f"{number}/KH-UBND")
        (folder / f"kế hoạch {number:02}.txt").write_text(plan, encoding="utf-8")
    return folder


def answers(pool, paths):
    return [(name, found) for file in pool.files(paths) for name, found in file]


@pytest.mark.parametrize("shared", [True, False])
def test_answers_come_in_order_and_under_their_own_paths(machines, archive, shared):
    paths = [*sorted(archive.iterdir()), archive / "không có.txt", Path(__file__).parent / "test_cluster.py"]
    with ClusterPool(machines.address, Limits(), BOUNDS, shared=shared) as pool:
        found = answers(pool, paths)
    assert [name for name, _ in found] == [path.name for path in paths]
    assert [extraction.header.number for _, extraction in found[:MANY]] == [f"{n}/KH-UBND" for n in range(1, MANY + 1)]
    assert [extraction.source.path for _, extraction in found[:MANY]] == [str(path) for path in paths[:MANY]]
    assert isinstance(found[MANY][1], UnreadableError)


def test_a_hostile_file_costs_its_own_limits(machines, archive):
    large = archive / "lớn.txt"
    large.write_text("".join(LINE.format(n, n) for n in range(1, 40_000)), encoding="utf-8")
    with ClusterPool(machines.address, Limits(), Bounds(seconds=8)) as pool:
        found = answers(pool, [large, archive / "kế hoạch 01.txt"])
    assert isinstance(found[0][1], TooLargeError)
    assert len(found[1][1].tasks) == 3


def test_known_files_are_not_sent(machines, archive):
    with ClusterPool(machines.address, Limits(), BOUNDS, is_known=lambda sha256: True) as pool:
        assert {found for _, found in answers(pool, sorted(archive.iterdir()))} == {None}


def test_another_version_is_refused(machines, monkeypatch):
    monkeypatch.setattr("extractor.cluster.identity", lambda: "9.9.9 (00000000)")
    with (
        pytest.raises(ClusterError, match=re.escape(f"chạy nhacviec {identity()}, máy này 9.9.9")),
        ClusterPool(machines.address, Limits(), BOUNDS),
    ):
        pass


def test_nobody_at_the_address_and_no_number(monkeypatch):
    monkeypatch.setattr("extractor.cluster._CONNECT_SECONDS", 2.0)
    with (
        pytest.raises(ClusterError, match=r"không nối được tới bộ điều phối tcp://127\.0\.0\.1:9"),
        ClusterPool("tcp://127.0.0.1:9", Limits(), BOUNDS),
    ):
        pass
    with pytest.raises(ClusterError, match="không nối được"), ClusterPool("local:không", Limits(), BOUNDS):
        pass


def test_a_worker_that_may_start_no_process_is_named(tmp_path):
    with running(tmp_path) as machines:
        machines.add(daemon="True")
        with (
            pytest.raises(ClusterError, match="không được mở tiến trình con; chạy lại máy đọc với DASK"),
            ClusterPool(machines.address, Limits(), BOUNDS),
        ):
            pass


def test_a_worker_is_killed_another_joins_and_nothing_is_lost(tmp_path, archive):
    with running(tmp_path) as machines:
        machines.add()
        machines.add()
        with ClusterPool(machines.address, Limits(), BOUNDS) as pool:
            found = []
            for at, file in enumerate(pool.files(sorted(archive.iterdir()))):
                found += [extraction.header.number for _, extraction in file]
                if at == 2:
                    kill(machines.workers[0])
                if at == 4:
                    machines.add()
    assert found == [f"{number}/KH-UBND" for number in range(1, MANY + 1)]


def test_a_scheduler_is_lost_and_the_run_is_gone_on_with(tmp_path, archive, book_path, run):
    book = tmp_path / "việc.db"
    for number in (4, 8):  # the first makes the documents before it be stored, the second is at work when all is lost
        long = "".join(LINE.format(n, n) for n in range(1, 1_500))
        with (archive / f"kế hoạch {number:02}.txt").open("a", encoding="utf-8") as file:
            file.write(long)
    with running(tmp_path) as machines:
        machines.add()
        arguments = ["--db", str(book), "ingest", str(archive), "--cluster", machines.address]
        command = [sys.executable, "-m", "tracker.cli", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            threading.Thread(target=killed_when_begun, args=(book, machines.scheduler), daemon=True).start()
            _, said = process.communicate(timeout=120)
        assert process.returncode == 3, said.decode("utf-8")
        lines = said.decode("utf-8").splitlines()
        assert "để nạp tiếp, chạy lại lệnh này với --resume" in lines[-2]
        assert "mất liên lạc với bộ điều phối" in lines[-1]
    kept = documents(book)
    assert 0 < kept < MANY
    (tmp_path / "lại").mkdir()
    with running(tmp_path / "lại") as machines:
        machines.add()
        found = run("--db", book, "ingest", archive, "--cluster", machines.address, "--resume")
    assert f"Bỏ qua {kept} văn bản" in found.err
    assert f"Đã nạp {MANY - kept} văn bản" in found.out
    assert documents(book) == MANY


@pytest.fixture
def store(monkeypatch, tmp_path):
    """The address of an S3-compatible server on this machine with an empty bucket; who we are is in the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {**names, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (tmp_path / "store.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield
        process.kill()


def test_files_of_a_store_are_fetched_by_the_machines(store, tmp_path, archive, run):
    put = "import s3fs, sys; s = s3fs.S3FileSystem(); s.mkdir('kho'); s.put(sys.argv[1], 'kho/2026', recursive=True)"
    subprocess.run([sys.executable, "-c", put, f"{archive}/"], check=True)
    (archive / "kế hoạch 01.txt").unlink()
    with running(tmp_path) as machines:
        machines.add()
        found = run("ingest", "s3://kho/2026/", "--cluster", machines.address)
        assert (found.code, found.err) == (0, "")
        assert f"Đã nạp {MANY} văn bản, {3 * MANY} việc." in found.out
        found = run("ingest", "s3://kho/2026/", "--cluster", machines.address, "--resume")
        assert f"Bỏ qua {MANY} văn bản" in found.err
    found = run("ingest", "s3://kho/2026/")
    assert found.code == 2
    assert "thêm --cluster" in found.err


def killed_when_begun(book, scheduler):
    while not documents(book):
        time.sleep(0.01)
    kill(scheduler)


def documents(path):
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as book:
        try:
            return book.execute("SELECT count(*) FROM document").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def test_nothing_of_dask_is_loaded_without_being_asked():
    code = "import sys, extractor.cluster, tracker.cli.reading_files; print({'dask', 'distributed'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"set()"
