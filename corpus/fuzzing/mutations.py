"""One damaged file from a real one, always the same for the same number.

In: sample files and a number. Out: bytes that are almost a file of the format: bits turned, pieces cut, doubled or
moved from another sample, numbers made huge, tags nested or dropped; inside zip packages and inside the packed streams
of a PDF too, so that the damage reaches the reader and not only its checksum: `<w:gridSpan w:val="2"/>` becomes
`<w:gridSpan w:val="2147483648"/>` in a package that opens.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"99999999999999999999", b"1e309", b"NaN", b"")
_BYTES = (0x00, 0xFF, 0x7F, 0x80, 0x0A, 0x3C, 0x25)
_WORDS = (
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>", b"&a;", b"\x00", b"\xff\xfe", b"\xed\xa0\x80",
    b"]]>", b"A" * 5000, b"(" * 500, b"<<" * 200, b"\xe1\xbb\x87" * 300, b"%PDF-1.7", b"PK\x03\x04",
)  # fmt: skip
_NUMBER = re.compile(rb"\d{1,10}")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_VALUE = re.compile(rb'"[^"<>]{1,60}"')
_LEAF = re.compile(rb"<([\w:]{1,40})(?:\s[^<>]{0,200})?(?:/>|>[^<>]{0,400}</\1>)")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ZIP = b"PK\x03\x04"
_MOST_STEPS = 6
_DEEP = 400
_LARGEST = 2_000_000  # bytes of a damaged file


def mutated(samples: dict[str, bytes], number: int) -> tuple[str, bytes]:
    """The damaged file of a number.

    Args:
        samples: name → bytes, at least one.
        number: any; the same number gives the same file.

    Returns:
        The name of the sample that it was made from, and its bytes.
    """
    chance = random.Random(number)
    name = chance.choice(sorted(samples))
    other = samples[chance.choice(sorted(samples))]
    data = samples[name]
    if data.startswith(_ZIP) and chance.random() < 0.8:
        data = _in_zip(data, other, chance)
    elif b"%PDF-" in data[:1024] and chance.random() < 0.6:
        data = _in_stream(data, other, chance)
    else:
        data = _damaged(data, other, chance)
    return name, data[:_LARGEST]


def _damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Some random steps; every second file gets only such as leave its build whole, which lead deeper."""
    steps = _STEPS if chance.random() < 0.5 else _GENTLE if _TAG.search(data) else _BINARY
    for _ in range(chance.randint(1, _MOST_STEPS)):
        data = chance.choice(steps)(data, other, chance)
    return data


def _in_zip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The package with one member damaged, dropped, doubled or renamed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        names = source.namelist()
        parts = [name for name in names if name.endswith((".xml", ".html", ".txt", ".rels"))] or names
        chosen = chance.choice(parts)
        fate = chance.random()
        for name in names:
            part = source.read(name)
            if name == chosen and fate < 0.05:
                continue
            if name == chosen and fate < 0.1:
                name = chance.choice(["../x", "word/document.xml", "xl/workbook.xml", "[Content_Types].xml", "a" * 300])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # two members of one name are part of the damage
                data = _damaged(part, part, chance) if name == chosen else part
                copy.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # no time of writing in it
    packed = target.getvalue()
    return _damaged(packed, other, chance) if chance.random() < 0.1 else packed


def _in_stream(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The PDF with one of its packed streams unpacked, damaged and packed again."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return _damaged(data, other, chance)
    found = chance.choice(streams)
    try:
        content, packed = zlib.decompress(found.group(1)), True
    except zlib.error:
        content, packed = found.group(1), False
    content = _damaged(content, content, chance)
    return data[: found.start(1)] + (zlib.compress(content) if packed else content) + data[found.end(1) :]


def _span(data: bytes, chance: random.Random, most: int = 2000) -> tuple[int, int]:
    """A random range of *data*."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(0, most))


def _flip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8) if changed else 0):
        changed[chance.randrange(len(changed))] = (
            chance.choice(_BYTES) if chance.random() < 0.5 else chance.randrange(256)
        )
    return bytes(changed)


def _cut(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.3 else data


def _double(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance, 300)
    times = chance.choice([1, 2, 10, 200])
    return data[:start] + data[start:end] * (times + 1) + data[end:]


def _move(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start, end = _span(other, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _insert(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_WORDS) + data[at:]


def _renumber(data: bytes, other: bytes, chance: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    number = chance.choice(found)
    return data[: number.start()] + chance.choice(_NUMBERS) + data[number.end() :]


def _retag(data: bytes, other: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return data
    one, two = chance.choice(tags), chance.choice(tags)
    fate = chance.random()
    if fate < 0.3:
        new = b""
    elif fate < 0.6:
        new = two.group()
    elif fate < 0.8:
        new = one.group() * chance.choice([2, 50])
    else:
        new = one.group() * _DEEP
    return data[: one.start()] + new + data[one.end() :]


def _revalue(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """An attribute's value put where another one stands."""
    found = list(_VALUE.finditer(data))
    if len(found) < 2:
        return data
    one, two = chance.choice(found), chance.choice(found)
    return data[: one.start()] + two.group() + data[one.end() :]


def _repeat(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """An element without elements in it, written several times."""
    found = list(_LEAF.finditer(data))
    if not found:
        return data
    leaf = chance.choice(found)
    return data[: leaf.start()] + leaf.group() * chance.choice([0, 2, 3, 100]) + data[leaf.end() :]


_Step = Callable[[bytes, bytes, random.Random], bytes]
_STEPS: tuple[_Step, ...] = (_flip, _cut, _end, _double, _move, _insert, _renumber, _renumber, _retag, _retag)
_GENTLE: tuple[_Step, ...] = (_renumber, _renumber, _revalue, _repeat)
_BINARY: tuple[_Step, ...] = (_flip, _flip, _renumber)
