"""The patterns that tell a unit's role, put together from the words of lexicon/unit_roles.yaml.

In: the word lists. Out: compiled patterns for what stands before a unit ("phối hợp chặt chẽ với …", "giao …"), after it
("… chủ trì", "… (phối hợp)"), and around it (sentence ends, openings, brackets).
"""

from __future__ import annotations

import re

from extractor.lexicon.loader import Phrase, load
from extractor.patterns import late

_NEAR = r"(?:,?\s+(?!với\b|cùng\b)[^\s,;.:()]+){0,5}"  # "chặt chẽ, hiệu quả", "kiểm tra, xử lý"
_MARK = r"[\s\-–+*•]*"


def _any(section: str) -> str:
    """The phrases of a section as one alternative, the longest first, a space for any white space."""
    words = sorted((phrase.text for phrase in load("unit_roles", section, Phrase)), key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return late(text, re.IGNORECASE)


SENTENCE_GAP = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĐÀ-Ỹ\-–+])|\n+")
NO_SENTENCE_END = re.compile(r"(?:\b(?:TP|TX|TT|ThS|TS|GS|PGS|Q|P|H)|\.\.)\.$")

# Between the units of one list: ", ", " và ", " và các ", "(…)" notes aside.
JOIN = _pattern(
    r"\s*(?:\([^()]*\)\s*)?(?P<mark>[,/&;]|,?\s*và|,?\s*cùng|hoặc|-)\s*(?:với\s+|cùng\s+|cả\s+)?(?:\([^()]*\)\s*)?"
)

# Before a unit, up to it.
SUPPORT_BEFORE = _pattern(
    rf"\b(?P<verb>{_any('support')})(?:{_NEAR}\s+(?:cùng\s+với|với|cùng)|(?:\s+(?:chặt chẽ|đồng bộ|tốt))?)\s*:?\s*$"
    rf"|(?P<noun>sự\s+phối\s+hợp(?:\s+chặt chẽ)?\s+(?:của|từ))\s*$"
)
SUPPORT_CUE = _pattern(rf"\b(?P<verb>{_any('support')}){_NEAR}\s+(?:cùng\s+với|với|cùng)\s+")
WITH_WHOM_FIRST = _pattern(
    rf"{_MARK}(?:[^,;.]{{0,80}}\b(?:chủ trì|đầu mối)|chủ động|tích cực|đồng thời)?[\s,]*(?:và\s+)?{_any('support')}"
    rf"(?:\s+(?:chặt chẽ|đồng bộ|tốt))?\s+(?:cùng\s+với|với|cùng)\s+(?:các\s+)?"
)
SUPPORT_NOUN = _pattern(rf"\b{_any('support_nouns')}\s*$")
ASSIGN_BEFORE = _pattern(
    rf"\b{_any('assign')}(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?(?:\s+thêm)?"
    r"(?:\s+(?:các\s+)?đồng chí|\s+ông|\s+bà)?\s*:?\s*$"
)
ASSIGN_NOT = _pattern(rf"\b{_any('assign_not')}\s+$")
REQUEST_BEFORE = _pattern(rf"\b{_any('request')}(?:\s+(?:các\s+)?đồng chí)?\s*:?\s*$")
REQUEST_OPENS = _pattern(
    rf"{_MARK}(?:\S{{1,4}}[.)]\s+)?(?:(?:kính|trân trọng|đồng thời,?|ngoài ra,?|riêng"
    r"|(?:trong )?thời gian tới,?)\s+)*"
)
_LABEL = rf"(?:(?P<lead>{_any('lead_labels')})|(?P<support>{_any('support_labels')}))"
LABEL_BEFORE = _pattern(rf"{_LABEL}(?:\s+(?:thực hiện|chính|tham mưu))*\s*:\s*$")
SUBJECT_BEFORE = _pattern(rf"(?:^|[,;:]\s*){_MARK}(?:{_any('before_subject')}\s*)?$")
OPENING = _pattern(rf"{_MARK}{_any('openings')}\b")
LABELLED_SUBJECT = _pattern(r":\s*(?:thời hạn\s*)?$")
GUIDED_BY = _pattern(r"\b(?:của|theo)\s*$")

# After a unit, from it.
NOTE_AFTER = _pattern(rf"\s*\((?:là\s+)?(?:cơ quan |đơn vị )?{_LABEL}[^()]*\)")
LEADS_AFTER = _pattern(rf"\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:tiếp tục|trực tiếp|chủ động|được giao)\s+)*{_any('leads')}\b")
HELPS_AFTER = _pattern(
    rf"\s*(?:có trách nhiệm\s+|cùng\s+)?{_any('support')}(?:\s+(?:thực hiện|triển khai|tham gia))*\s*(?:[).;,]|$)"
)
VERB_AFTER = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?(?:\.\.\.|[:,.…])*\s*(?!{_any('no_verb')}\b)[a-zà-ỹđ]"
)  # a small letter
COLON_AFTER = _pattern(r"\s*(?:\([^()]*\)\s*)?(?:(?:tại|thuộc|trên|trong|ở|có)\s[^,;:.]{1,60})?:")
BY_BEFORE = _pattern(r"(?<!\w)do\s*$")
BY_AFTER = _pattern(r"\s*(?:làm\s+)?chủ trì\s*(?:[,;.)]|$)")
ABOVE = _pattern(
    r"(?:Chủ tịch\s+|Thường trực\s+)?(?:Ủy ban nhân dân|Hội đồng nhân dân) (?:tỉnh|thành phố)$"
    r"|(?:Tỉnh|Thành) ủy|Thường trực (?:Tỉnh|Thành) ủy|Chính phủ|Thủ tướng|Phó Thủ tướng|Quốc hội|Bộ\s|Bộ trưởng"
)
BY_FUNCTION = _pattern(r"[\s,]+(?:căn cứ|theo)\s+(?:các\s+)?(?:chức năng|nhiệm vụ|thẩm quyền|lĩnh vực)\b")
APPOSITION = _pattern(
    rf"(?:\s+[-–]\s+(?:là\s+)?{_any('appositions')}\b[^-–;:.\n]{{0,90}}\s[-–]\s+(?=[a-zà-ỹđ])"
    # not in "giao cơ quan, đơn vị chủ trì làm đầu mối …, có trách nhiệm"
    rf"|(?<!cơ quan),\s+(?:là\s+)?{_any('appositions')}\b(?:(?!phối hợp|làm\b)[^,;:.\n]){{0,90}},\s+(?=[a-zà-ỹđ]))"
)
DECIDES = _pattern(rf"{_MARK}{_any('decisions')}\b.*;\s*(?:đồng thời,?\s+)?")
ORDERS_AFTER = _pattern(rf"\s*{_any('orders')}\b")

# Brackets.
BRACKET = re.compile(r"\(([^()]*)\)")
BRACKET_END = re.compile(r"\(([^()]+)\)[\s.;,/]*$")
# "(Văn phòng HĐND và UBND xã; hoàn thành trong tháng 4/2026)"
WHEN_AFTER = _pattern(
    r"\s*[;,\-–]\s*(?:(?:phải\s+)?(?:hoàn thành|xong)\s+|thời gian\s+)?"
    r"(?:trước|trong|quý|tháng|năm|chậm nhất|đến hết|hằng|ngày|từ)\s+[^;,()]*$"
)
EXPLAINS = _pattern(rf"\s*{_any('explains')}\b")

# Headings.
HEADING_LABEL = re.compile(
    r"\s*(?:(?:Điều\s+\d+|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Za-zđĐ])\s*[.)/:]+"
    r"|\d{1,2}(?:\.\d{1,2})*(?=\s)|\((?:\d{1,2}|[a-zđ])\)|[-–+*•●▪])\s*"
)
_ASKER = (
    r"(?:UBND|Ủy ban nhân dân|Chủ tịch UBND|Chủ tịch Ủy ban nhân dân|Thủ tướng)(?:\s+(?:tỉnh|thành phố|Chính phủ))?"
)
HEADING_OPENER = _pattern(
    rf"\s*(?:{_any('heading_courtesies')},?\s+)*(?:{_ASKER}\s+(?=giao|đề nghị|yêu cầu))?"
    rf"{_any('heading_openers')}\s*:?\s+"
)
HEADING_CLOSER = _pattern(
    r"[\s,;]*(?:(?:căn cứ|theo)\s+(?:các\s+)?"
    rf"(?:chức năng|nhiệm vụ|thẩm quyền|lĩnh vực|phạm vi|trách nhiệm)(?:[\s,]*(?:và\s+)?{_any('functions')})*)?"
    rf"[\s,]*(?:{_any('heading_duties')}[\s,]*)*"
    r"(?:(?:triển khai|tổ chức|thực hiện)(?:\s+(?:triển khai|thực hiện))*)?"
    rf"(?:\s*(?:các|một số|những)?\s*{_any('heading_objects')}(?:\s+(?:sau|cụ thể|chủ yếu|trọng tâm|như|đây))*)?"
    r"(?:\s*(?:cụ thể|như sau|sau đây|sau))?[\s,]*[:.;…]*\s*$"
)
ATTRIBUTE = _pattern(rf"{_any('attributes')}\b|\d")

# Declarations of short forms.
DECLARED = _pattern(
    r"(?:\(|,\s*|;\s*)\s*(?:sau đây|dưới đây)?\s*(?:được\s+)?(?:gọi|viết)\s+(?:chung\s+)?(?:tắt\s+)?"
    r"(?:là|chung là)?\s*:?\s*"
    r"[\"“']?(?P<short>[^\"”'().;]{2,60}?)[\"”']?\s*\)"
)
TOGETHER = _pattern(r"(?:gọi|viết)\s+(?:chung|tắt\s+(?:chung\s+)?là:?\s+các\b)")
BRACKETED_SHORT = re.compile(r"\(\s*(?P<short>[A-ZĐ][\wĐ&.\-]{1,14})\s*\)")
