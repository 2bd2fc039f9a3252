"""Shadows and specks taken off a scanned page, and nothing else."""

import numpy
import pytest
from PIL import Image

from extractor.blocks.scan_paper import cleaned

DPI = 200
STROKES = [(300, 200, 60, 4), (300, 700, 60, 4), (800, 350, 4, 50), (1100, 900, 5, 5)]  # top, left, height, width


def page(*marks, specks=()):
    """A white page with dark marks and specks of two pixels."""
    pixels = numpy.full((1400, 1000, 3), 255, numpy.uint8)
    for top, left, height, width in marks:
        pixels[top : top + height, left : left + width] = 20
    for top, left in specks:
        pixels[top : top + 2, left : left + 2] = 0
    return Image.fromarray(pixels)


def ink(image):
    return numpy.asarray(image.convert("L")) < 140


BARE = [(40 + 33 * n, 55 + 83 * (n % 10)) for n in range(40)]


def test_a_clean_page_is_left_as_it_is():
    clean = page(*STROKES)
    assert cleaned(clean, DPI) is clean


@pytest.mark.parametrize("along", [0, 1])
def test_a_shadow_is_taken_off_and_the_ink_stays(along):
    plain = page(*STROKES)
    light = numpy.linspace(1.0, 0.45, plain.size[1 - along])
    light = light[:, None, None] if along == 0 else light[None, :, None]
    dim = Image.fromarray((numpy.asarray(plain) * light).astype(numpy.uint8))
    assert ink(dim).mean() > 0.05, "the shadow passes for ink"
    lit = cleaned(dim, DPI)
    assert (ink(lit) == ink(plain)).all()
    assert numpy.asarray(lit)[~ink(plain)].min() > 200, "the paper is white"


def test_a_dark_picture_on_a_page_stays_dark():
    assert ink(cleaned(page((200, 100, 400, 700)), DPI))[250:550, 150:750].all()


def test_specks_of_a_photocopier_are_taken_off():
    dot = (362, 201, 2, 2)  # under a letter, as a tone's is
    found = ink(cleaned(page(*STROKES, dot, specks=[*BARE, (302, 209), (305, 711)]), DPI))
    assert (found == ink(page(*STROKES, dot))).all(), "a full stop of five pixels is no speck either"


def test_small_dots_of_a_clean_page_are_writing():
    dots = page(*STROKES, specks=[(302, 206), (305, 707), (310, 706), *BARE[:4]])
    assert cleaned(dots, DPI) is dots
