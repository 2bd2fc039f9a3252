"""Rules of scanned tables: strong, faint, dotted, climbing; lines of words and merged cells are none."""

import pathlib

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractor.blocks.ruled import tables_from
from extractor.blocks.scan_rules import find_rules

DPI = 200
FONTS = ["/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", "C:/Windows/Fonts/times.ttf"]
FONT = next((font for font in FONTS if pathlib.Path(font).exists()), None)
XS, YS = (100, 200, 700, 1100), (150, 300, 450, 600)


def page():
    return numpy.full((900, 1200), 250, numpy.uint8)


def grid(draw):
    """A table of three rows and columns, each rule drawn by *draw* from one point to another."""
    pixels = page()
    for y in YS:
        draw(pixels, XS[0], y, XS[-1], y)
    for x in XS:
        draw(pixels, x, YS[0], x, YS[-1])
    return pixels


def straight(grey, step=1, length=1):
    """Draws hair lines in *grey*, *length* pixels of each *step*."""

    def draw(pixels, x0, y0, x1, y1):
        for at in range(max(x1 - x0, y1 - y0)):
            if at % step < length:
                pixels[y0 + at * (y1 > y0), x0 + at * (x1 > x0)] = grey

    return draw


def climbing(pixels, x0, y0, x1, y1):
    """Level rules that climb by 6 pixels over their length, upright ones that do not."""
    for at in range(max(x1 - x0, y1 - y0)):
        if x1 > x0:
            pixels[y0 - at * 6 // (x1 - x0) : y0 - at * 6 // (x1 - x0) + 2, x0 + at] = 60
        else:
            pixels[y0 - 6 + at, x0 : x0 + 2] = 60


@pytest.mark.parametrize(
    "draw",
    [straight(20), straight(185), straight(20, 4, 3), straight(150, 5, 4), climbing],
    ids=["black", "faint", "dotted", "faint and dotted", "climbing"],
)
def test_all_cells_of_a_table(draw):
    rules, covered = find_rules(grid(draw), DPI)
    (cells,) = tables_from(rules)
    assert len(cells) == 9
    assert covered[YS[1], 150]
    assert not covered[370, 400], "inside a cell"


def test_a_merged_cell_is_not_cut_by_the_rules_beside_it():
    pixels = grid(straight(185))
    pixels[YS[1] + 5 : YS[2] - 5, XS[1]] = 250  # the second row has one cell where the others have two
    (cells,) = tables_from(find_rules(pixels, DPI)[0])
    assert len(cells) == 8


def test_a_letter_in_a_merged_cell_joins_no_rules():
    pixels = grid(straight(20))
    pixels[YS[1] + 3 : YS[1] + 40, XS[2]] = 250
    pixels[YS[1] + 40 : YS[1] + 43] = 20  # a group's row of one line
    pixels[YS[1] + 12 : YS[1] + 30, XS[2]] = 20
    (cells,) = tables_from(find_rules(pixels, DPI)[0])
    assert len(cells) == 11


def test_a_header_of_one_line_over_a_group_keeps_its_columns():
    pixels, ys = page(), (150, 189, 228, 420)
    draw = straight(20)
    for y in ys:
        draw(pixels, XS[0], y, XS[-1], y)
    for x in XS:
        draw(pixels, x, ys[0], x, ys[1])
        draw(pixels, x, ys[2], x, ys[3])
    draw(pixels, XS[0], ys[1], XS[0], ys[2])
    draw(pixels, XS[-1], ys[1], XS[-1], ys[2])
    (cells,) = tables_from(find_rules(pixels, DPI)[0])
    assert len(cells) == 7


def test_a_letter_over_the_end_of_a_rule_is_no_part_of_it():
    pixels = grid(straight(20))
    pixels[YS[0] - 50 : YS[0] - 30, XS[1]] = 20
    rules, covered = find_rules(pixels, DPI)
    assert min(rule["top"] for rule in rules) * DPI / 72 > YS[0] - 5
    assert not covered[YS[0] - 40, XS[1]]


@pytest.mark.skipif(FONT is None, reason="chưa cài fonts-liberation2")
@pytest.mark.parametrize("blur", [1, 2])
def test_lines_of_words_are_no_rules(blur):
    image = Image.new("L", (1200, 900), 250)
    draw = ImageDraw.Draw(image)
    for at, size in enumerate((24, 30, 36, 40, 40, 44)):
        words = (
            "Rà soát, tổng hợp số liệu thu ngân sách; HOÀN THÀNH TRƯỚC NGÀY 30 THÁNG 11 NĂM 2026 theo mẫu -- gửi kèm"
        )
        draw.text((40, 60 + 120 * at), words, fill=30, font=ImageFont.truetype(FONT, size))
    soft = image.resize((1200 // blur, 900 // blur)).resize((1200, 900), Image.Resampling.BICUBIC)
    assert find_rules(numpy.asarray(soft), DPI)[0] == []
