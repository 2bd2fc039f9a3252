"""Files read side by side: their order, what is in flight, hostile files, an end before the end."""

import time
import zipfile

import pytest
from test_guard import LINE, alive

from extractor.errors import ExtractionError, TooLargeError, UnreadableError
from extractor.guard import Bounds, Guard
from extractor.guard_pool import AHEAD, GuardPool

BOUNDS = Bounds(seconds=120)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("công văn đến")
    for number in range(1, 9):
        (place / f"{number}.txt").write_text(LINE.format(1, number) * number, encoding="utf-8")
    (place / "lớn.txt").write_text("".join(LINE.format(n, n) for n in range(1, 40_000)), encoding="utf-8")
    (place / "rỗng.pdf").touch()
    with zipfile.ZipFile(place / "gói.zip", "w") as archive:
        for number in range(1, 13):
            archive.writestr(f"{number}.txt", LINE.format(1, number))
    return place


@pytest.fixture
def pool():
    made = []

    def start(size, bounds=BOUNDS, is_known=None):
        made.append(GuardPool(lambda: Guard(bounds=bounds), size, is_known))
        return made[-1].__enter__()

    yield start
    for one in made:
        one.__exit__(None, None, None)
        assert not any(guard._process for guard in one._guards)


@pytest.fixture(scope="module")
def two():
    with GuardPool(lambda: Guard(bounds=BOUNDS), 2) as warm:
        yield warm


def answers(pool, paths):
    return [(name, found) for file in pool.files(paths) for name, found in file]


def test_answers_come_in_the_order_of_the_files(two, folder):
    names = [f"{number}.txt" for number in (8, 1, 7, 2, 6, 3, 5, 4)]
    found = answers(two, [folder / name for name in names])
    assert [name for name, _ in found] == names
    assert [len(extraction.blocks) for _, extraction in found] == [8, 1, 7, 2, 6, 3, 5, 4]


def test_documents_of_a_package_and_files_that_cannot_be_opened(two, folder):
    found = answers(two, [folder / "rỗng.pdf", folder / "gói.zip", folder / "không có.txt", folder / "1.txt"])
    packed = [f"gói.zip/{number}.txt" for number in range(1, 13)]  # more than may wait to be taken
    assert [name for name, _ in found] == ["rỗng.pdf", *packed, "không có.txt", "1.txt"]
    assert [name for name, one in found if isinstance(one, ExtractionError)] == ["rỗng.pdf", "không có.txt"]
    assert isinstance(found[0][1], UnreadableError)


def test_a_slow_file_holds_up_its_own_process_only(pool, folder):
    begun, done = time.monotonic(), {}
    small = [folder / f"{number}.txt" for number in range(1, 4)]
    side_by_side = pool(2, Bounds(seconds=6))
    for file in side_by_side.files([*small, folder / "lớn.txt"]):
        done[file.path.name] = [found for _, found in file], time.monotonic() - begun
    assert isinstance(done["lớn.txt"][0][0], TooLargeError)
    assert done["3.txt"][1] + 3 < done["lớn.txt"][1]


def test_known_documents_are_not_read(pool, folder):
    asked = []

    def is_known(sha256):
        asked.append(sha256)
        return len(asked) % 2 == 0

    found = answers(pool(1, is_known=is_known), [folder / "gói.zip"])
    assert [one is None for _, one in found] == [False, True] * 6
    assert len({len(sha256) for sha256 in asked}) == 1


def test_only_so_many_files_are_in_flight(pool, folder):
    taken = []

    def paths():
        for number in range(100):
            taken.append(number)
            yield folder / f"{number % 8 + 1}.txt"

    line = pool(1).files(paths())
    list(next(line))
    assert len(taken) == AHEAD
    list(next(line))
    assert len(taken) == AHEAD + 1


def test_closing_ends_processes_that_are_at_work(folder):
    pool = GuardPool(lambda: Guard(bounds=BOUNDS), 2).__enter__()
    line = pool.files([folder / "1.txt", *[folder / "lớn.txt"] * 4])
    list(next(line))  # the other process is at the large file by now, or about to be
    processes = [guard._process.pid for guard in pool._guards]
    began = time.monotonic()
    pool.__exit__(None, None, None)
    assert time.monotonic() - began < 15
    assert not any(map(alive, processes))
    assert not any(thread.is_alive() for thread in pool._threads)


def test_our_own_defect_in_a_thread_is_raised_where_answers_are_taken(pool, folder):
    def is_known(sha256):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answers(pool(1, is_known=is_known), [folder / "1.txt"])
