"""Two columns of days: by when it is due, and when it was done.

In: roles and headers of the columns. Out: the roles with the second one a column of what has been done. Lists that a
document-management system exports have both: "Hạn xử lý | Ngày hoàn thành | Tình trạng".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

_TERM = late(r"\b(?:thời hạn|kỳ hạn|hạn)\b", re.IGNORECASE)
_DONE = late(
    r"(?:đã )?(?:ngày (?:đã )?)?(?:hoàn thành|kết thúc|xử lý xong|thực hiện xong|xong|thực hiện|báo cáo)(?: ngày)?",
    re.IGNORECASE,
)


def mark_done_days(roles: dict[int, str], headers: Mapping[int, str]) -> None:
    """A column "Ngày hoàn thành" beside one of terms ("Hạn xử lý") says when it was done."""
    days = [column for column, role in roles.items() if role == "deadline"]
    terms = [column for column in days if _TERM.search(headers.get(column, ""))]
    if not terms:
        return
    for column in set(days) - set(terms):
        if _DONE.fullmatch(" ".join(headers[column].split("\n")[-1].split())):
            roles[column] = "status"
