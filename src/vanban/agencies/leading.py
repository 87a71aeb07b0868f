"""The agencies that open a sentence or a heading, and what the sentence lays on them."""

from __future__ import annotations

import dataclasses
import re

from vanban.agencies.names import starts_agency
from vanban.agencies.splitting import split

#: Verbs and phrases with which a duty begins, in lower case: capitals belong to names ("Sở Xây dựng").
_VERBS = (
    "chủ trì",
    "phối hợp",
    "chủ động",
    "tổ chức(?! (?:chính trị|xã hội|đoàn thể|có liên|liên quan|tôn giáo|kinh tế|thành viên|cá nhân|hội|khác|, cá|"
    "khoa|sự nghiệp|đảng|Đảng|công đoàn))(?! và)(?!,)",
    "theo dõi",
    "tham mưu(?! quản lý)",
    "hướng dẫn",
    "xây dựng",
    "căn cứ",
    "có trách nhiệm",
    "chịu trách nhiệm",
    "tăng cường",
    "đẩy mạnh",
    "thực hiện",
    "triển khai",
    "bố trí",
    "tổng hợp",
    "kiểm tra",
    "đôn đốc",
    "ban hành",
    "chỉ đạo",
    "cung cấp",
    "rà soát",
    "tiếp tục",
    "nghiên cứu",
    "đề xuất",
    "báo cáo",
    "là (?:cơ quan|đơn vị|đầu mối|cầu nối)",
    "làm đầu mối",
    "phát huy",
    "quan tâm",
    "định hướng",
    "thẩm định",
    "cân đối",
    "vận động",
    "tuyên truyền(?! viên)",
    "phổ biến",
    "giám sát",
    "quán triệt",
    "tiếp nhận",
    "đăng tải",
    "lồng ghép",
    "cử",
    "trên cơ sở",
    "theo chức năng",
    "khẩn trương",
    "kịp thời",
    "nghiêm túc",
    "tập trung",
    "gửi",
    "lập",
    "phân công",
    "huy động",
    "định kỳ",
    "chuẩn bị",
    "bảo đảm",
    "đảm bảo",
    "hỗ trợ",
    "phân bổ",
    "nâng cao",
    "xem xét",
    "đưa",
    "thường xuyên",
    "hằng năm",
    "hàng năm",
    "hằng quý",
    "khuyến khích",
    "tham gia",
    "thành lập",
    "kiện toàn",
    "giúp",
    "(?<!công )(?<!chương )(?<!quy )(?<!lộ )(?<!quá )(?<!giáo )trình",
    "quản lý(?! (?:các|nhà nước về|khu|dự án|cấp|ngành|đô thị|thị trường|rừng|quỹ|chất))",
    "đăng ký",
    "phản ánh",
    "cập nhật",
    "in ấn",
    "duy trì",
    "tích cực",
    "xác định",
    "sử dụng",
    "bám sát",
    "đề cao",
    "chấp hành",
    "thông báo",
    "thông tin",
    "tuân thủ",
    "ưu tiên",
    "cụ thể hóa",
    "phát động",
    "chấm",
    "sắp xếp",
    "dự trù",
    "sau khi",
    "trong phạm vi",
    "theo nhiệm vụ",
    "được giao",
    "ngoài việc",
    "đồng hành",
    "tạo điều kiện",
    "đánh giá",
    "giới thiệu",
    "phát hành",
    "mở",
    "giải quyết",
    "xử lý",
    "công khai",
    "công bố",
    "thống kê",
    "tiến hành",
    "thu hút",
    "kết nối",
    "khai thác",
    "giao",
    "lãnh đạo(?! (?:các|sở|ubnd|phòng))",
    "cho(?! (?:các|người))",
    "nắm",
    "phê duyệt",
    "thẩm tra",
    "dành",
    "chăm lo",
    "(?<![đĐ]ào )tạo",
    "mời",
    "lắp đặt",
    "khảo sát",
    "trang bị",
    "sơ kết",
    "tổng kết",
    "biểu dương",
    "khen thưởng",
    "số hóa",
    "vận hành",
    "ngăn chặn",
    "mua sắm",
    "điều phối",
    "ủng hộ",
    "đồng chủ trì",
    "vận dụng",
    "cụ thể hoá",
    "thực thi",
    "đảm nhiệm",
    "phụ trách",
    "tiếp thu",
    "thường trực tiếp",
    "rút kinh nghiệm",
    "theo thẩm quyền",
    "theo quy định",
    "tùy theo",
    "hàng quý",
    "hằng tháng",
    "hàng tháng",
    "ngay sau",
    "đề nghị",
    "cần",
    "phải",
    "sẽ",
    "nếu",
    "khi",
    "trực tiếp",
    "chọn",
    "lựa chọn",
    "hoàn thành",
    "hoàn thiện",
    "nhân rộng",
    "tư vấn",
    "phát triển",
    "thanh toán",
    "biên soạn",
    "tập huấn",
    "đầu tư(?! (?:công|xây))",
)
_VERB = re.compile(rf"(?<![\w]),?\s*\b(?:{'|'.join(_VERBS)})(?!\w)")
_CHARGE = re.compile(rf"^(?:{'|'.join(verb[0].upper() + verb[1:] for verb in _VERBS if verb[0].isalpha())})(?!\w)")
_PREFIX = re.compile(
    r"^(?:(?:Đề\s+nghị|Giao(?:\s+cho)?|Yêu\s+cầu|Phân\s+công|Trách\s+nhiệm\s+của|Nhiệm\s+vụ\s+của|Nhiệm\s+vụ\s+đối\s+với|"
    r"Giao\s+trách\s+nhiệm(?:\s+cho)?|Ủy\s+ban\s+nhân\s+dân\s+\S+(?:\s+\S+)?\s+(?:giao|yêu\s+cầu|"
    r"đề\s+nghị))\s*:?\s+)+",
)
_DUTY = re.compile(r"\s+(?:có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm)\b.*$")
_AGAINST = re.compile(r"^(?:Đối\s+với|Về\s+phía)\s+")
_INTRO = re.compile(
    r"^(?:Căn\s+cứ|Trên\s+cơ\s+sở|Theo|Để|Hằng\s+năm|Hàng\s+năm|Định\s+kỳ|Sau\s+khi|Từ)\b[^,;:]*(?:,[^,;:]*){0,3}?,"
    r"\s*(?=(?:đề nghị |giao |yêu cầu )?(?:các|Các|Sở|UBND|Ủy|Uỷ|Giám|Thủ|Chủ|Ban|Phòng|Công|cơ|Bộ|đơn)\s)"
)
_ASIDE = re.compile(
    r"\s*\((?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]hường trực|[Vv]iết tắt|sau đây|gọi tắt|[Tt]ổ\s|qua\s|là\s)[^()]*\)"
)
_ROLE = re.compile(r"\s+[-–]\s+(?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]hường trực|[Pp]hó|[Tt]rưởng|[Tt]hành viên).*$")


@dataclasses.dataclass(frozen=True, slots=True)
class Leading:
    """``agencies`` named at the head of a text, ``rest`` of the text behind them (empty for a heading), the words
    ``before`` them ("Căn cứ …,"), and whether a request or order word opened it (``asked``)."""

    agencies: tuple[str, ...]
    rest: str
    before: str = ""
    asked: bool = False
    colon: bool = False


def leading(text: str, *, heading: bool = False) -> Leading | None:
    """The agencies at the head of ``text``; None where it opens with none.

    ``heading``: the text stands over items, so that it is the agencies' name as a whole unless it is a sentence.
    """
    text = text.strip()
    intro = _INTRO.match(text)
    before, body = (text[: intro.end()], text[intro.end() :]) if intro else ("", text)
    body = re.sub(r"^(?:đề nghị|giao|yêu cầu)\s+", lambda m: m[0].capitalize(), body)
    asked = _PREFIX.match(body)
    if asked:
        body = body[asked.end() :]
    against = _AGAINST.match(body)
    if against and heading:
        body = body[against.end() :]
    person = asked is not None and "của" in (asked[0] if asked else "")
    if not starts_agency(body) and not (person and heading):
        return None
    colon = _colon(body)
    if colon is not None:
        name, rest = body[:colon], body[colon + 1 :].strip()
        duty = _DUTY.search(name)
        if duty:
            name = name[: duty.start()]
        return Leading(_named(name), rest, before, asked is not None, True)
    sentence = body.rstrip().endswith((".", ";")) or len(body.split()) > 45
    if heading and not sentence and not before:
        return Leading(_named(body), "", before, asked is not None)
    verb = _first_verb(body)
    if verb is None:
        if before or sentence and len(body.split()) > 25:
            return None
        return Leading(_named(body), "", before, asked is not None) if not sentence or len(body.split()) < 25 else None
    return Leading(_named(body[:verb]), body[verb:].lstrip(" ,"), before, asked is not None)


def charge_opens(text: str) -> bool:
    """Whether ``text`` opens with a word with which a duty begins ("Chủ trì …", "Hỗ trợ …")."""
    return bool(_CHARGE.match(text))


def _colon(body: str) -> int | None:
    """Where the colon stands that closes the agencies' names; a colon after a factored word does not ("các Sở: A,
    B")."""
    for match in re.finditer(r":", body):
        name = body[: match.start()]
        if name.count("(") > name.count(")"):
            continue
        if re.search(r"(?:^|[,;]\s*|\s)(?:[Cc]ác\s+)?(?:[Ss]ở|[Bb]ộ|[Pp]hòng|[Đđ]ề nghị)$", name.strip()):
            continue
        if len(name.split()) > 45 or (
            _first_verb(name) is not None and not name.strip().endswith(")") and len(name.split()) > 16
        ):
            return None
        return match.start()
    return None


#: Names that hold words of action.
_ACTING = re.compile(
    r"Hội đồng (?:phối hợp )?(?:công tác )?phổ biến,? giáo dục pháp luật|"
    r"(?:Ban [Qq]uản lý|Ban QLDA)(?: (?:các )?dự án)? [đĐ]ầu tư(?: và)? xây dựng|"
    r"Hội đồng phối hợp PBGDPL|(?:Ban [Cc]hỉ đạo|Tổ [Cc]ông tác) (?:triển khai|thực hiện|xây dựng) "
    r"(?:Đề án|Chương trình|Nghị quyết)"
)


def _first_verb(body: str) -> int | None:
    named = [match.span() for match in _ACTING.finditer(body)]
    for match in _VERB.finditer(body):
        if any(start <= match.start() < end for start, end in named):
            continue
        before = body[: match.start()]
        if before.count("(") > before.count(")") or not before.strip():
            continue
        if re.search(r"(?:^|\s)(?:các|những|của|và)$", before.strip()):
            continue
        if re.search(r"(?:cơ quan|đơn vị)$", before.strip()) and re.match(r"\s*(?:chủ trì|thực hiện)", match[0]):
            continue  # "các cơ quan chủ trì" is what they are called
        return match.start()
    return None


def _named(text: str) -> tuple[str, ...]:
    text = _ROLE.sub("", _ASIDE.sub("", text)).strip(" ,.;:")
    return tuple(split(text))
