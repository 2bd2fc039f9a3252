"""A .docx → the same document as PDF, .doc and scans; for the reader benchmark and for `corpus.formats`.

In: a .docx and a folder. Out: files by the name of their format. Scans are what an office's machine makes of paper: a
turn of one degree, noise, the blocks of JPEG, and a red stamp over the words.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import numpy
import pypdfium2
from PIL import Image, ImageChops, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SECONDS = 180  # for a file, and as much for each ten more
_SKEW = 1.0  # degrees
_NOISE = 6.0  # standard deviation, of 255
_QUALITY = 60
_POINTS = 72


def variants(path: Path, folder: Path, short: bool) -> dict[str, Path]:
    """The other formats of a .docx, written into *folder*; the scan at 200 dpi only if *short*.

    Raises:
        subprocess.CalledProcessError: LibreOffice failed.
    """
    folder.mkdir(parents=True)
    files = {kind: converted([path], folder, kind)[0] for kind in ("pdf", "doc")}
    for dpi in (200,) if short else (150, 200):
        files[f"scan, {dpi} dpi"] = scanned(files["pdf"], folder / f"scan-{dpi}.pdf", dpi)
    return files


def converted(paths: Sequence[Path], folder: Path, kind: str) -> list[Path]:
    """Files as LibreOffice saves them in another format, written into *folder* by one start of it.

    Raises:
        subprocess.CalledProcessError: LibreOffice failed.
    """
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir"]
    seconds = _SECONDS * (1 + len(paths) // 10)
    subprocess.run([*command, str(folder), *map(str, paths)], capture_output=True, check=True, timeout=seconds)
    return [folder / f"{path.stem}.{kind}" for path in paths]


def scanned(pdf: Path, target: Path, dpi: int) -> Path:
    """The pages of a PDF as a scanner would give them."""
    pages = list(_pages(pdf, dpi))
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=dpi, quality=_QUALITY)
    return target


def _pages(pdf: Path, dpi: int) -> Iterator[Image.Image]:
    chance = numpy.random.default_rng(2026)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            paper = page.render(scale=dpi / _POINTS).to_pil().convert("RGB")
            paper = _stamped(paper, dpi).rotate(_SKEW, resample=Image.Resampling.BICUBIC, fillcolor="white")
            grain = chance.normal(0, _NOISE, (paper.height, paper.width, 1))
            noisy = numpy.clip(numpy.asarray(paper) + grain, 0, 255).astype(numpy.uint8)
            yield Image.fromarray(noisy)
    finally:
        document.close()


def _stamped(paper: Image.Image, dpi: int) -> Image.Image:
    """A page with a red seal of 36 mm on its lower right part."""
    ring = Image.new("RGB", paper.size, "white")
    x, y, radius = round(paper.width * 0.65), round(paper.height * 0.75), round(0.7 * dpi)
    draw = ImageDraw.Draw(ring)
    for inner in (1.0, 0.85):
        box = [x - radius * inner, y - radius * inner, x + radius * inner, y + radius * inner]
        draw.ellipse(box, outline=(225, 40, 50), width=max(2, dpi // 40))
    return ImageChops.multiply(paper, ring)
