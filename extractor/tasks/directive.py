"""Does this sentence direct somebody to do something?

In: the words of an item and what is known of its place. Out: yes or no.

>>> is_directive("Tăng cường tuyên truyền …"), is_directive("Công tác tuyên truyền đã được quan tâm.")
(True, False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.lexicon.loader import load
from extractor.mentions.vietnamese import opens_with_verb
from extractor.text import with_new_tones


@dataclass(frozen=True, slots=True)
class Opening:
    """An entry of lexicon/directives.yaml: phrases of one kind."""

    kind: str
    phrases: tuple[str, ...]
    source: str


# "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, …": a condition, not a duty.
_CONDITIONAL = re.compile(
    r"(?:trong )?(?:quá trình|khi) (?:triển khai,? ?)?(?:tổ chức )?(?:thực hiện|triển khai)?.{0,90}"
    r"\b(?:nếu|trường hợp|có gì|có điều gì|gặp|có)\b.{0,60}(?:khó khăn|vướng mắc|phát sinh|thay đổi)"
    r"|(?:trong )?quá trình.{0,250}(?:khó khăn|vướng mắc).{0,40}\(?nếu có"
    r"|(?:nếu|trường hợp|khi) (?:có |phát sinh |gặp )?(?:những |các )?(?:khó khăn|vướng mắc|nội dung phát sinh)"
)
# "Các đơn vị căn cứ Kế hoạch này triển khai thực hiện": everybody is asked to carry it out, nothing is said.
_CARRY_OUT = r"(?:triển khai|thực hiện|thi hành)"
_HOW = (
    r"(?:,? (?:nghiêm túc|nghiêm|tốt|hiệu quả|có hiệu quả|đầy đủ|kịp thời|thực hiện|(?:các )?nội dung|theo đúng|đúng"
    r"|bảo đảm|đảm bảo|(?:đúng )?(?:thời gian|thời hạn|tiến độ|yêu cầu)(?: (?:theo )?quy định| đề ra)?|chất lượng))*"
)
_DOCUMENT = (
    r"(?:kế hoạch|chỉ thị|công văn|công điện|thông báo|quyết định|văn bản|chương trình|nghị quyết|đề án|hướng dẫn)"
)
_UMBRELLA = re.compile(
    r".{0,260}\b(?:căn cứ|theo|trên cơ sở|yêu cầu|đề nghị|để|chịu trách nhiệm|nghiêm túc|khẩn trương|phối hợp|tổ chức"
    rf"|quan tâm|biết)\b.{{0,160}}{_CARRY_OUT}{_HOW}"
    rf"(?: (?:(?:các )?(?:nội dung|nhiệm vụ) (?:trên|nêu trên|này|tại))?\s*"
    rf"(?:bản )?{_DOCUMENT}(?: này| nêu trên| trên)?)?[ ./]*"
)
_NAMES_WORK = re.compile(
    r"\b(?:theo dõi|đôn đốc|tham mưu|kiểm tra|giám sát|tổng hợp|chủ trì|đầu mối|vận động|rà soát|tuyên truyền|phổ biến"
    r"|bố trí|báo cáo|xây dựng (?:kế hoạch|phương án|chương trình)|ban hành|trước ngày|định kỳ|hằng|hàng|cụ thể hóa)\b"
)
_CLOSING_WORDS = re.compile(
    rf"(?:trên đây|nay thông báo|(?:ngay )?(?:khi |sau khi )?nhận được (?:bản )?{_DOCUMENT}|rất mong|mong nhận"
    r"|trân trọng|xin (?:chân thành )?cảm ơn|kính mong)\b"
)
# "Căn cứ Luật …", "Theo đề nghị của …", "Thực hiện Quyết định số …": what the document rests on, above its sections.
_BASIS = re.compile(
    r"(?:căn cứ|theo đề nghị|xét đề nghị|theo tờ trình|tiếp theo|thực hiện|triển khai|trên cơ sở) (?:của )?"
    rf"(?:(?:bộ )?luật|hiến pháp|thông tư|nghị định|pháp lệnh|quy định|ý kiến|kết luận|giám đốc|sở|chánh|{_DOCUMENT})\b"
)
# Formulas of decisions: "… chịu trách nhiệm thi hành Quyết định này", "Ban hành kèm theo Quyết định này …".
_FORMULA = re.compile(
    rf"thi hành {_DOCUMENT} này|^kính gửi|^nơi nhận|^(?:ban hành|phê duyệt|công bố|thông qua) kèm theo {_DOCUMENT} này"
    r"|^\((?:ban hành )?(?:kèm|đính kèm|gửi kèm)"
)
_STATES = re.compile(
    r"(?!xác định|coi|lấy|xem)[^;.]{5,140}\blà (?:yếu tố|điều kiện|nền tảng|động lực|một trong những|cơ sở|khâu)\b"
)
_WILL = re.compile(r"(?:bộ|sở|ubnd|ủy ban|văn phòng|phần mềm|hệ thống|cục|vụ)\b[^,;.]{0,60} sẽ ")
_DOER = re.compile(r"\b(?:đơn vị|cơ quan|ban|bộ phận|người|lực lượng|cán bộ) \w+ \w+")  # "đơn vị quản lý đường bộ"
_TURNS_TO_ALL = re.compile(
    rf"(?:(?:căn cứ|trên cơ sở|theo|sau khi nhận được|nhận được) (?:nội dung |các nội dung )?(?:bản )?{_DOCUMENT} này"
    r"|(?:yêu cầu|đề nghị) (?:các|thủ trưởng|lãnh đạo) .{0,160}(?:thực hiện|triển khai)|trên đây|trong quá trình)\b"
)
_AGREES = re.compile(
    r"(?:cơ bản |nhất trí |hoàn toàn )?(?:thống nhất|đồng ý|nhất trí|tán thành|ghi nhận|đánh giá cao|hoan nghênh)\b"
    r"(?! (?:quản lý|thực hiện|triển khai|chỉ đạo))"
)
_DONE = re.compile(r"[^,;.]*\bđã\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)[.;]?")
_WHEN_THEN = re.compile(r"(?:khi|nếu|trường hợp)\b.{10,400}?,? thì ")
_DESCRIBES = re.compile(
    r"(?<!ngày )(?<!khi )(?:quyết định|kế hoạch|chỉ thị|văn bản|công văn|thông báo|quy chế|chương trình|đề án) này "
    r"(?:có hiệu lực|thay thế|được|áp dụng|quy định)|có hiệu lực (?:thi hành )?(?:kể )?từ"
    r"|chịu trách nhiệm (?:thi hành|thực hiện) quyết định"
)
_LEADING_CLAUSE = re.compile(
    r"(?:căn cứ|trên cơ sở|đối với|về|trong|khi|hết|định kỳ|để|theo|nhằm|sau|trước|từ|ngoài|qua|cùng với|bên cạnh|với"
    r"|tại|vào|hằng|hàng|chậm nhất|giai đoạn|quý|năm|thực hiện|riêng|xuất phát|tùy|thông qua|bằng|do|vì|nếu"
    r"|trường hợp)\b"
)
_TOPIC = re.compile(
    r"(?:(?:các )?(?:dự án|tiểu dự án|công trình|gói thầu|tuyến|đoạn tuyến|khu|cụm|đề án|lĩnh vực|hạng mục|khối)"
    r"(?: [^:;.]{2,110})?): "
)
_MOST_CLAUSES = 4


@lru_cache(maxsize=1)
def _phrases() -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = {}
    for entry in load("directives", "openings", Opening):
        kinds.setdefault(entry.kind, []).extend(entry.phrases)
    return {
        kind: re.compile(
            "(?:" + "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True)) + r")(?![^\W_])"
        )
        for kind, phrases in kinds.items()
    }


def _words(text: str) -> str:
    return " ".join(with_new_tones(text).lower().split()).lstrip("“\"'‘(.…,;: ")


def opening_words(text: str) -> str:
    """*text* in lower case from its verb on, adverbs and marks before it passed over: what its judgement rests on."""
    return _without_prefixes(_words(text))


def _without_prefixes(words: str) -> str:
    """*words* without the adverbs and marks before its verb ("Tiếp tục chủ động, kịp thời rà soát" → "rà soát")."""
    prefix = _phrases()["prefix"]
    while found := prefix.match(words):
        rest = words[found.end() :].lstrip(" ,:;-–")
        if not rest or rest == words:
            break
        words = rest
    return words


def begins_with_known_verb(text: str) -> bool:
    """As `begins_with_verb`, by the lists alone: no tagger is asked."""
    if _known_verb(_words(text)):  # "Tăng cường biên chế …": the adverb is the verb
        return True
    return _known_verb(opening_words(text))


@lru_cache(maxsize=16384)
def begins_with_verb(text: str) -> bool:
    """Whether *text* begins with a directive verb, adverbs before it passed over; the longest phrase known decides."""
    if _is_name(text):
        return False
    if begins_with_known_verb(text):
        return True
    words = opening_words(text)
    if _phrases()["noun"].match(words):
        return False
    # Unknown to the lists: a capital opens a name or a noun phrase; else the tagger says what the first word is.
    return not words[:1].isdigit() and opens_with_verb(words)


def _is_name(text: str) -> bool:
    """A person's or place's name: few words, each with a capital."""
    words = text.split()
    return 2 <= len(words) <= 6 and all(word[:1].isupper() for word in words) and not text.isupper()


def verb_after_clause(text: str) -> bool:
    """Whether a directive verb follows a leading clause ("Căn cứ nhiệm vụ được giao, chủ động xây dựng …")."""
    words = _words(text)
    if not _LEADING_CLAUSE.match(words):
        return False
    parts = re.split(r"[,:] ", re.split(r"[.;] ", words)[0], maxsplit=_MOST_CLAUSES)
    return any(_known_verb(_without_prefixes(part.strip())) for part in parts[1:])


def _verb_after_topic(text: str) -> bool:
    """Whether a directive verb follows what is worked on and a colon ("Dự án cầu Sông Ray: hoàn thành …")."""
    words = _words(text)
    topic = _TOPIC.match(words)
    return topic is not None and _known_verb(_without_prefixes(words[topic.end() :]))


def _known_verb(words: str) -> bool:
    verb, noun = _phrases()["verb"].match(words), _phrases()["noun"].match(words)
    return bool(verb and (noun is None or verb.end() > noun.end()))


def is_background(text: str) -> bool:
    """Whether *text* reviews the past, describes, or closes the document, and so directs nobody."""
    words = _words(text)
    opening = words[:140]
    if _CLOSING_WORDS.match(words) or _DESCRIBES.search(words[:260]) or _WILL.search(opening) or _STATES.match(words):
        return True
    if _rests_on(words) and not verb_after_clause(text):
        return True
    return bool(_phrases()["review"].search(opening)) or _tells_the_past(text, opening)


def _tells_the_past(text: str, opening: str) -> bool:
    """ "Đơn vị quản lý đường bộ đã vá 1.240 m2": told before any directive verb, so not of what the work is done to."""
    if begins_with_verb(text):
        return False
    told = opening
    if _LEADING_CLAUSE.match(opening):  # "Đối với các hộ chưa có nhà ở, rà soát …": the clause only says of whom
        told = opening.partition(", ")[2]
        if _known_verb(_without_prefixes(told)):
            return False
    found = _phrases()["past"].search(told)
    return found is not None and not _phrases()["verb"].search(_DOER.sub(" ", told[: found.start()]))


def tells_of_what_was_done(text: str) -> bool:
    """Whether "đã" stands in the first clause of *text* ("Năm 2025 toàn xã đã tiêm 4.210 liều, …")."""
    return bool(_DONE.match(text))


def closes_document(text: str) -> bool:
    """Whether *text* turns to everybody at the end of a document: "Căn cứ Kế hoạch này, các đơn vị …"."""
    return bool(_TURNS_TO_ALL.match(_words(text)))


def agrees(text: str) -> bool:
    """Whether *text* only approves or praises ("Thống nhất chủ trương …", "Đánh giá cao …"), as conclusions begin."""
    return bool(_AGREES.match(_words(text)))


def is_conditional(text: str) -> bool:
    """Whether the whole of *text* hangs on a condition ("nếu có vướng mắc, báo cáo …")."""
    words = _words(text)
    return bool(_CONDITIONAL.match(words) or _WHEN_THEN.match(words))


def is_formula(text: str) -> bool:
    """Whether *text* is a formula of the form, or a remark in brackets: no duty, however it is cut."""
    return bool(_FORMULA.search(" ".join(with_new_tones(text).lower().split())) or _BRACKETED.fullmatch(text.strip()))


def is_basis(text: str) -> bool:
    """Whether *text* names what the document rests on ("Căn cứ Luật …"), as the lines above the first section do."""
    return bool(_BASIS.match(_words(text)))


def _rests_on(words: str) -> bool:
    """The same among items: only words that nothing is done by ("Theo đề nghị của Giám đốc Sở Y tế.")."""
    return bool(_BASIS.match(words)) and words.startswith(("căn cứ", "theo đề nghị", "xét đề nghị", "theo tờ trình"))


def is_prohibition(text: str) -> bool:
    """Whether *text* forbids ("Nghiêm cấm …"): a task only under a unit's heading (GUIDELINES, rule 8)."""
    return _words(text).startswith(("nghiêm cấm", "cấm "))


def is_umbrella(text: str) -> bool:
    """Whether *text* only asks everybody to carry out the document."""
    words = _words(text).partition(" nhằm ")[0].rstrip(" ,./")  # "…, nhằm … chỉ đạo, tổ chức thực hiện": the purpose
    return len(words) < 420 and bool(_UMBRELLA.fullmatch(words)) and not _NAMES_WORK.search(words)


def is_directive(text: str) -> bool:
    """Whether *text*, which names no unit at its start, directs somebody to do something."""
    if is_background(text) or is_conditional(text):
        return False
    return begins_with_verb(text) or verb_after_clause(text) or _verb_after_topic(text)
