"""What an agency's name looks like: the words that open one, the collectives, the fields of departments."""

from __future__ import annotations

import re
from functools import cache

from vanban.agencies.words import COLLECTIVE_HEADS, FIELDS, NOUNS
from vanban.text import fold

# Words that open the name of one body. Each is followed by what must not come next: "Hội nghị" is no association,
# "Phòng, chống" no office, "Ban hành" no board.
_HEADS = (
    r"Sở(?!\s+hữu)",
    r"Bộ(?!\s+(?:tiêu|nhận|câu|luật|Luật|phận|chỉ\s+(?:số|tiêu)|đề|máy|tài|sản|Tiêu|Chỉ\s+(?:số|tiêu)|Quy|Câu|thủ))",
    r"Ban(?!\s+hành)(?=\s)",
    r"Phòng(?!\s*,|\s+(?:ngừa|chống|trừ|cháy|thủ|bệnh|dịch|tránh|học|họp|ở))(?=\s)",
    r"[UÚÙỦŨỤƯ][yỷỳýỹỵ]\s+[bB]an|Sờ(?=\s+[A-ZĐ])|ỦY\s+BAN|UBND|UBMTTQ(?:VN)?|MTTQ|HĐND|Hội\s+đồng(?!\s+(?:lao|thi\b))",
    r"Hội(?!\s+(?:nghị|thảo|thi|diễn|chợ|trại|họp|viên|nhập|thao|ý|tụ|đàm|báo|trường|xuân|chẩn|khỏe|khoẻ))(?=\s)",
    r"Hiệp\s+hội",
    r"Liên\s+(?:đoàn|minh|hiệp)",
    r"Đoàn(?!\s+(?:kết|viên|công|kiểm|giám|thanh\s+tra))(?=\s)",
    r"(?:Tỉnh|Thành|Huyện|Quận|Thị)\s+[đĐ]oàn",
    r"Đoàn\s+(?:kiểm\s+tra|thanh\s+tra|giám\s+sát)(?=\s+(?:liên\s+ngành|số|của|tỉnh|huyện))",
    r"Công\s+đoàn(?!\s+viên)",
    r"(?:Tổng\s+)?LĐLĐ",
    r"Thư\s+viện(?=\s+(?:[A-ZĐ]|tỉnh|thành|huyện))",
    r"Bảo\s+tàng(?=\s)|Nhà\s+hát(?=\s)|Vườn\s+[Qq]uốc\s+gia",
    r"Đại\s+học(?=\s+[A-ZĐ])",
    r"Xí\s+nghiệp(?=\s)|Chi\s+nhánh(?=\s)|Cảng(?=\s+(?:vụ|hàng|[A-ZĐ]))",
    r"Đồn\s+[Bb]iên|Biên\s+phòng(?=\s+tỉnh)|(?:Sư|Lữ|Trung)\s+đoàn(?=\s)|Đội(?=\s+(?:[A-ZĐ]|quản|cảnh|thanh))",
    r"Cơ\s+sở(?=\s+(?:cai|điều\s+trị|bảo\s+trợ|trợ\s+giúp))",
    r"Bộ\s+phận(?=\s+(?:[Mm]ột|[Tt]iếp))",
    r"(?:CA|UB|BĐBP|NHNN|KBNN|QLTT|VKS|TTYT|ĐTN)(?=\s+(?:tỉnh|TP|thành|huyện|quận|thị|xã|phường|[A-ZĐ])|\s*(?:$|[,;]))",
    r"Vùng\s+(?:Cảnh\s+sát|[1-5]\s+Hải)|(?:Chi|Hải)\s+đội(?=\s)|(?:Tiểu|Hải)\s+đoàn(?=\s)|Tiểu\s+ban(?=\s)",
    r"(?:Lâm|Nông)\s+trường(?=\s+[A-ZĐ\d])|Khu\s+(?:bảo\s+tồn|di\s+tích)(?=\s)|Trại\s+(?:giam|tạm\s+giam)(?=\s)",
    r"Phân\s+(?:hiệu|viện)(?=\s+[A-ZĐ])|Khoa(?=\s+[A-ZĐ])|Nhà\s+khách(?=\s)|Liên\s+danh(?=\s)|Cảng\s+vụ(?=\s)",
    r"P\.\s?(?=[A-ZĐ])|TT(?:VH|DV|BD|PV|GD|HC|KN)[A-ZĐ&-]*\b|TT\s+(?=[A-ZĐ]{2}|Văn|Dịch|Bồi|Phục|Giáo)|PGD(?:&ĐT|ĐT)?\b",
    r"CATP?\b(?!\s+\d)|NHCSXH\b|VP(?:HĐND|UBND)\b|BTG(?:TU)?\b|UB\.?\s?MTTQ",
    r"[ABCHKLMTVX]\d{2}(?=\s*(?:$|[,;.(]|và\s))",  # departments of the Ministry of Public Security by their codes
    r"VNPT|Viettel|Mobi[Ff]one|EVN|FPT|VTV|VOV|TTXVN",
    r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)\s+[uủ][ỷỳyủ]?[yỷ]?\b",
    r"Văn\s+phòng",
    r"VPUB(?:ND)?\b",
    r"VP\b",
    r"Công\s+an",
    r"Thanh\s+tra(?=\s+(?:tỉnh|thành|huyện|Chính|Sở|Bộ|nhà|Nhà))",
    r"Tổng\s+(?:[Cc]ục|[Cc]ông\s+ty)",
    r"Trung\s+ương\s+(?:Đoàn|Hội)",
    r"Cảnh\s+sát(?=\s+[a-zA-ZđĐ])|Thanh\s+tra\s+(?:giao\s+thông|xây\s+dựng|lao\s+động|thuế)",
    r"Cộng\s+đồng(?=\s+(?:dân\s+cư|doanh\s+nghiệp))",
    r"Chi\s+cục",
    r"Cục",
    r"Vụ(?!\s+(?:việc|án|cháy|mùa|tai))(?=\s)",
    r"Viện(?!\s+(?:trợ|dẫn))",
    r"Học\s+viện",
    r"Trung\s+tâm",
    r"Trường(?!\s+(?:hợp|quay))",
    r"Đài(?=\s)",
    r"Báo(?!\s+(?:cáo|hiệu|chí|động))(?=\s)",
    r"Thông\s+tấn\s+xã",
    r"Tạp\s+chí",
    r"Kho\s+bạc",
    r"Ngân\s+hàng",
    r"Bảo\s+hiểm(?=\s+[xX]ã)",
    r"BHXH",
    r"Tòa\s+án|Toà\s+án|TAND",
    r"Viện\s+kiểm|VKSND",
    r"Bưu\s+điện",
    r"Viễn\s+thông",
    r"Công\s+ty",
    r"Tập\s+đoàn",
    r"Bệnh\s+viện",
    r"Trạm",
    r"Tổ(?=\s+(?:hòa|hoà|công|giúp|thư|chuyên|dân\s+phố|công\s+nghệ|trưởng|kiểm|quản))",
    r"Mặt\s+trận",
    r"Quân\s+(?:khu|sự)",
    r"BCH(?:QS)?\b|BCĐ|BTV|BQL",
    r"Thường\s+trực",
    r"Ban\s+Chỉ\s+huy",
    r"Kiểm\s+toán",
    r"Hải\s+quan|Thuế(?=\s+(?:tỉnh|thành|cơ|khu))",
    r"Điện\s+lực",
    r"Hạt\s+[Kk]iểm\s+lâm",
    r"Cổng\s+(?:TTĐT|[Tt]hông\s+tin)",
    r"Nhà\s+(?:[Vv]ăn\s+hóa|máy|trường|xuất\s+bản)",
    r"Quỹ(?=\s+[A-ZĐ])",
    r"Đảng\s+(?:bộ|đoàn|[uủ][ỷy])",
    r"Chi\s+(?:bộ|đoàn)",
    r"Cơ\s+quan",
    r"Đơn\s+vị",
    r"Địa\s+phương",
    r"Chính\s+(?:phủ|quyền)",
    r"Quốc\s+hội",
    r"Văn\s+thư",
    r"Doanh\s+nghiệp",
    r"Hợp\s+tác\s+xã",
    r"Liên\s+hiệp",
    r"Câu\s+lạc\s+bộ",
    r"Đoàn\s+thể",
    r"Khối(?=\s)",
)
# Persons who stand for their body.
_PERSONS = (
    r"(?:Thủ|thủ)\s+trưởng(?!\s+Chính)",
    r"Thủ\s+tướng",
    r"(?:Phó\s+)?(?:Chủ|chủ)\s+tịch(?=\s+(?:UBND|Ủy|Uỷ|HĐND|Hội|các|Mặt|[A-Z]))",
    r"(?:Phó\s+)?(?:Giám|giám)\s+đốc(?=\s)",
    r"Chánh\s+(?:Văn|văn|Thanh|thanh)",
    r"(?:Phó\s+)?Trưởng\s+(?:[Bb]an|[Pp]hòng|các|[Đđ]oàn|[Cc]ông|[Tt]hôn)",
    r"Tổ\s+trưởng",
    r"Các\s+[Tt]hành\s+viên",
    r"[Tt]hành\s+viên(?=\s+(?:Ban|Tổ|Hội))",
    r"Hiệu\s+trưởng",
    r"Lãnh\s+đạo(?=\s+(?:các|Sở|UBND|Ủy|phòng|cơ))",
    r"Cục\s+trưởng|Vụ\s+trưởng|Chi\s+cục\s+trưởng",
    r"Người\s+đứng\s+đầu",
    r"Bí\s+thư",
    r"Đại\s+diện(?=\s+(?:[Ll]ãnh\s+đạo|các\s+(?:sở|cơ|phòng)|Sở|Bộ|UBND|Phòng|Ban)\b)",
    r"(?:Các\s+)?[Đđ]/c(?=\s)|(?:Ông|Bà)(?=\s+[A-ZĐ])|(?:Chủ\s+rừng|Chủ\s+dự\s+án)\b",
    r"(?:Các\s+)?(?:[ÔôBb]ng|[Bb]à)\s*\((?:[Bb]à|[ÔôBb]ng)\)",
    r"(?:Các\s+)?[Cc]ông\s+chức(?=\s+[A-ZĐ])",
    r"(?:Các\s+)?[Đđ]ồng\s+chí(?=\s)",
    r"Cán\s+bộ(?=,|\s+(?:công\s+chức|phụ))",
    r"Chủ\s+đầu\s+tư|chủ\s+đầu\s+tư",
)
_NOT_COLLECTIVE = re.compile(
    r"^(?:(?:tất cả\s+)?(?:các|những|mỗi|từng)\s+)?(?:báo\s+cáo|hội\s+(?:nghị|thảo|thi|diễn|chợ|trại|họp|viên|nhập|"
    r"thao)|trường\s+hợp|phòng\s*,\s*(?:chống|trừ|ngừa|tránh)|phòng\s+(?:ngừa|chống|cháy|bệnh|dịch)|ban\s+hành|"
    r"bộ\s+(?:tiêu|nhận|câu|máy|phận|chỉ\s+(?:số|tiêu))|"
    r"đoàn\s+kết|tổ\s+chức\s+(?!chính|xã|đoàn|có|liên|cá|kinh|hội|thành|tôn|khoa|đảng|tín|phi|quốc)|vụ\s+việc|"
    r"viện\s+(?:trợ|dẫn)|đội\s+ngũ|đối\s+tượng\s+(?:áp|tham)|hộ\s+(?:nghèo|cận|gia)|chủ\s+(?:động|đề|trương|trì|"
    r"yếu)|cấp\s+(?:phát|học|độ|phép|cứu|bách|nước|thiết)|"
    r"xã\s+hội|thành\s+(?:phần|lập|tích|tựu)|tỉnh\s+táo|báo\s+(?:hiệu|động|chí(?!\s*[,;.])\s+(?!trên|tỉnh|của|"
    r"trung))|hội\s+đồng\s+lao)"
)
_NOT_GROUP = re.compile(
    r"^(?:các|những)\s+(?:nội dung|nhiệm vụ|giải pháp|hoạt động|chỉ tiêu|mục tiêu|văn bản|chính sách|dự án|đề án|"
    r"mô hình|phong trào|bước|hình thức|cuộc|ngày|hội nghị|cấp\s+học|tổ\s+hợp)"
)
_HEAD = re.compile(rf"^(?:{'|'.join(_HEADS)}|{'|'.join(_PERSONS)})")
_STRONG = re.compile(
    r"^(?:Sở|Bộ|Ban|Phòng|Ủy ban|Uỷ ban|UBND|Công an|Văn phòng|Cục|Chi cục|Hội|Trung tâm|Đài|Kho bạc|Bảo hiểm xã "
    r"hội|Liên đoàn|Tỉnh đoàn|Thanh tra)\s"
)


@cache
def folded_fields() -> tuple[tuple[str, str], ...]:
    """(folded, as written) of each field, longest first."""
    return tuple(sorted(((fold(field), field) for field in FIELDS), key=lambda pair: -len(pair[0])))


def noun_family(atom: str) -> str | None:
    """The family of a collective's bare noun ("ngành", "thị xã", …), with or without a tail such as "liên quan"."""
    bare = atom.strip().lower().replace("uỷ", "ủy")
    for family, nouns in NOUNS.items():
        for noun in nouns:
            if bare == noun or re.match(
                rf"{noun}\s+(?:\(|có\s+liên|liên\s+quan|khác|cấp|tỉnh|thành\s+phố|huyện|trực\s+thuộc|thuộc|"
                rf"trên\s+địa|trong|ở|của|chuyên|chức\s+năng|địa\s+phương|trung\s+ương|Trung\s+ương|nêu|được|"
                rf"cơ\s+sở|thị\s+xã|đóng|tại|tham\s+gia|quản\s+lý|có\s+|chủ\s+trì|được\s+|thực\s+hiện|phụ\s+trách|"
                rf"liên\s+kết|hữu\s+quan|phối|xã|phường|quận|đặc)",
                bare,
            ):
                return family
    return None


def starts_agency(text: str) -> bool:
    """Whether ``text`` opens with a word that opens an agency's name, or with a collective ("các sở", "cơ quan")."""
    text = text.strip()
    low = text.lower()
    if _NOT_COLLECTIVE.match(low) or _NOT_GROUP.match(low):
        return False
    if _HEAD.match(text):
        return True
    match = re.match(r"(?:(?:tất cả\s+)?các|những|toàn thể|mỗi|từng)\s+(.*)", low)
    rest = match[1] if match else low
    if match is None and not re.match(
        r"(?:cơ quan|đơn vị|địa phương|doanh nghiệp|đoàn thể|chính quyền|sở|phòng|tổ chức\s+(?:chính|xã|đoàn|có|"
        r"liên|cá)|lực lượng|cấp ủy|ngành|hội đồng|hội\s+|nhà trường|thủ trưởng|chủ tịch|người đứng|cá nhân|đối "
        r"tượng|cộng đồng (?:dân cư|doanh nghiệp)|người dân|"
        r"xã|phường|huyện|thành viên|ban chỉ|báo|đài|trường|văn phòng|công an|đảng ủy|nhà đầu tư|viện|hệ "
        r"thống truyền thanh|tất cả (?:các|lực)|toàn thể)",
        low,
    ):
        return False
    return any(re.match(rf"{head}(?:\b|,|$)", rest) for head in (*COLLECTIVE_HEADS, "hệ thống truyền thanh", "tất cả"))


def looks_like_agency(text: str) -> bool:
    """Whether the whole of ``text`` reads as a list of agencies: it opens as one and holds no sentence."""
    text = text.strip().rstrip(":.;")
    return bool(text) and len(text.split()) <= 60 and starts_agency(text)


def is_agency(text: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether ``text`` is one of the ``known`` (folded) names or is formed like an agency's name."""
    return fold(text) in known or starts_agency(text)


def is_strong(text: str) -> bool:
    """Whether ``text`` opens with the name of one definite body, in capitals as names are written."""
    return bool(_STRONG.match(text))


def find(text: str) -> list[tuple[str, int, int]]:
    """Definite bodies named in running ``text`` as (name, start, end), in order: "Sở Tư pháp", "Bộ Nội vụ", "UBND
    tỉnh"."""
    out: list[tuple[str, int, int]] = []
    for match in re.finditer(r"\b(?:Sở|Bộ|Phòng)\s+", text):
        tail = fold(text[match.end() : match.end() + 60])
        for folded, field in folded_fields():
            if tail.startswith(folded) and not tail[len(folded) : len(folded) + 1].isalnum():
                end = match.end() + len(field)
                out.append((text[match.start() : end], match.start(), end))
                break
    for match in re.finditer(
        r"\b(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|Công an|Văn phòng "
        r"UBND)\s+(?:cấp\s+)?(?:các\s+)?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|Thành phố|Tỉnh)\b",
        text,
    ):
        out.append((match[0], match.start(), match.end()))
    return sorted(out, key=lambda entry: entry[1])
