"""Unit names written out in full, for the gold files.

In: a name as an office writes it. Out: the same with its abbreviations written out.

>>> written_out("VP UBND tỉnh")
'Văn phòng Ủy ban nhân dân tỉnh'

This table is the truth of the invented documents and is on purpose not the lexicon of the extractor: a mistake there
must show up as an error, not as agreement. Source of the short forms: usage in official documents since 1/3/2025.
"""

from __future__ import annotations

import re

SHORT_FORMS = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc",
    "VP": "Văn phòng",
    "BCĐ": "Ban Chỉ đạo",
    "BQL": "Ban Quản lý",
    "KH&CN": "Khoa học và Công nghệ",
    "GD&ĐT": "Giáo dục và Đào tạo",
    "NN&MT": "Nông nghiệp và Môi trường",
    "VHTT&DL": "Văn hóa, Thể thao và Du lịch",
    "TN&MT": "Tài nguyên và Môi trường",
    "LĐ-TB&XH": "Lao động - Thương binh và Xã hội",
    "TT&TT": "Thông tin và Truyền thông",
    "KH&ĐT": "Kế hoạch và Đầu tư",
    "PCCC": "phòng cháy, chữa cháy",
    "THPT": "Trung học phổ thông",
    "THCS": "Trung học cơ sở",
    "PT-TH": "Phát thanh - Truyền hình",
    "TTPVHCC": "Trung tâm Phục vụ hành chính công",
    "BHXH": "Bảo hiểm xã hội",
    "LHPN": "Liên hiệp Phụ nữ",
    "TNCS": "Thanh niên Cộng sản",
    "CNTT": "Công nghệ thông tin",
    "DVC": "dịch vụ công",
    "KCN": "khu công nghiệp",
    "PTDTNT": "Phổ thông dân tộc nội trú",
    "TDP": "tổ dân phố",
    "NNMT": "Nông nghiệp và Môi trường",
    "KHCN": "Khoa học và Công nghệ",
    "VHTT": "Văn hóa và Thể thao",
    "TTPTQĐ": "Trung tâm Phát triển quỹ đất",
    "GVCN": "Giáo viên chủ nhiệm",
    "NVQS": "Nghĩa vụ quân sự",
    "CHQS": "Chỉ huy Quân sự",
}
_SHORT = re.compile(
    r"(?<![\w&-])(" + "|".join(sorted(map(re.escape, SHORT_FORMS), key=len, reverse=True)) + r")(?![\w&-])"
)


def written_out(name: str) -> str:
    """*name* with every short form written out."""
    return _SHORT.sub(lambda found: SHORT_FORMS[found[1]], name)
