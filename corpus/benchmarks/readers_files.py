"""A .docx → the same document as PDF, .doc and scans; for the reader benchmark and for `corpus.formats`.

In: a .docx and a folder. Out: files by the name of their format. Scans are what an office's machine makes of paper: a
turn of one degree, noise, the blocks of JPEG, and a red stamp over the words; worse ones are photocopies in black and
white with specks, and photographs with a shadow.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_SECONDS = 180  # for a file, and as much for each ten more
_POINTS = 72
_COPIED = 150  # of 255: what is darker comes out black on a photocopy
_SPECKS = 0.0004  # share of the page, of two pixels' width
_SHADOW = 0.1  # inch


@dataclass(frozen=True, slots=True)
class Machine:
    """What makes a scan of paper.

    Attributes:
        dpi: dots to the inch.
        skew: degrees by which the page lies aslant.
        noise: standard deviation, of 255.
        quality: of JPEG, 0 to 100.
        blur: radius in pixels.
        shade: share of the light that is lost towards the right edge.
        bent: share of the height by which the right edge is seen smaller, on each end.
        bilevel: a photocopier's black and white.
    """

    dpi: int
    skew: float = 1.0
    noise: float = 6.0
    quality: int = 60
    blur: float = 0.0
    shade: float = 0.0
    bent: float = 0.0
    bilevel: bool = False


MACHINES = {
    "scan-200": Machine(200),
    "scan-150": Machine(150),
    "copy": Machine(200, skew=-0.6, noise=25.0, blur=0.8, bilevel=True),
    "photo": Machine(150, skew=0.4, noise=8.0, quality=40, blur=0.6, shade=0.45, bent=0.008),
}


def variants(path: Path, folder: Path, short: bool) -> dict[str, Path]:
    """The other formats of a .docx, written into *folder*; the scan at 200 dpi only if *short*.

    Raises:
        subprocess.CalledProcessError: LibreOffice failed.
    """
    folder.mkdir(parents=True)
    files = {kind: converted([path], folder, kind)[0] for kind in ("pdf", "doc")}
    for dpi in (200,) if short else (150, 200):
        files[f"scan, {dpi} dpi"] = scanned(files["pdf"], folder / f"scan-{dpi}.pdf", MACHINES[f"scan-{dpi}"])
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


def scanned(pdf: Path, target: Path, machine: Machine) -> Path:
    """The pages of a PDF as a machine makes them of paper."""
    pages = list(_pages(pdf, machine))
    jpeg = {} if machine.bilevel else {"quality": machine.quality}
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=machine.dpi, **jpeg)
    return target


def _pages(pdf: Path, machine: Machine) -> Iterator[Image.Image]:
    chance = numpy.random.default_rng(2026)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            paper = page.render(scale=machine.dpi / _POINTS).to_pil().convert("RGB")
            if not machine.bilevel or number == len(document):  # a seal that comes out black hides words
                paper = _stamped(paper, machine.dpi)
            if machine.bent:
                paper = _bent(paper, machine.bent)
            paper = paper.rotate(machine.skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
            if machine.blur:
                paper = paper.filter(ImageFilter.GaussianBlur(machine.blur))
            light = numpy.linspace(1.0, 1.0 - machine.shade, paper.width)[None, :, None]
            grain = chance.normal(0, machine.noise, (paper.height, paper.width, 1))
            noisy = numpy.clip(numpy.asarray(paper) * light + grain, 0, 255).astype(numpy.uint8)
            yield _black_and_white(noisy, machine, chance) if machine.bilevel else Image.fromarray(noisy)
    finally:
        document.close()


def _black_and_white(paper: NDArray[numpy.uint8], machine: Machine, chance: numpy.random.Generator) -> Image.Image:
    """A photocopy: black and white alone, with specks, and with the shadow of the lid along one edge."""
    grey = numpy.asarray(Image.fromarray(paper).convert("L"))
    black = grey < _COPIED
    specks = chance.random((black.shape[0] // 2 + 1, black.shape[1] // 2 + 1)) < _SPECKS
    black |= numpy.kron(specks, numpy.ones((2, 2), bool))[: black.shape[0], : black.shape[1]]
    black[:, : round(_SHADOW * machine.dpi)] = True
    return Image.fromarray(~black).convert("1")


def _bent(paper: Image.Image, share: float) -> Image.Image:
    """A page photographed a little from the side: its right edge is farther away."""
    width, height = paper.size
    far = share * height
    corners = (0, 0, 0, height, width, height + far, width, -far)
    return paper.transform(paper.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="white")


def _stamped(paper: Image.Image, dpi: int) -> Image.Image:
    """A page with a red seal of 36 mm on its lower right part."""
    ring = Image.new("RGB", paper.size, "white")
    x, y, radius = round(paper.width * 0.65), round(paper.height * 0.75), round(0.7 * dpi)
    draw = ImageDraw.Draw(ring)
    for inner in (1.0, 0.85):
        box = [x - radius * inner, y - radius * inner, x + radius * inner, y + radius * inner]
        draw.ellipse(box, outline=(225, 40, 50), width=max(2, dpi // 40))
    return ImageChops.multiply(paper, ring)
