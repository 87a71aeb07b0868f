"""The official documents that this room offers to write: their words as they come with the software, and the names that
stand in them. Vietnamese only, as documents are; an organisation may write its own (``documents.wording``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.core.rooms import Paper

_HERE = "nhipcau.plans.papers"
_PLAN = {
    "kế hoạch": _("số, ký hiệu của kế hoạch; chưa có số thì tên kế hoạch"),
    "căn cứ kế hoạch": _("kế hoạch với số, ngày, cơ quan ban hành và trích yếu"),
    "tên kế hoạch": _("tên loại và trích yếu của kế hoạch"),
    "số nhiệm vụ": _("số nhiệm vụ, ví dụ 12 nhiệm vụ"),
    "số cơ quan": _("số cơ quan, nhóm cơ quan chủ trì"),
}
_SUBMISSION_NAMES = {
    **_PLAN,
    "căn cứ": _("các văn bản mà kế hoạch lấy làm căn cứ, mỗi văn bản một dòng"),
    "nơi trình": _("cơ quan cấp trên; không có thì để chấm chờ điền"),
    "nhóm việc": _("mỗi nhóm việc một dòng, kèm số nhiệm vụ"),
    "thời hạn": _("câu về thời hạn của các nhiệm vụ"),
    "kết quả kiểm tra": _("câu về kết quả tự kiểm tra kế hoạch"),
}
_SUBMISSION = {
    "doc_type": "Tờ trình",
    "subject": "Về việc ban hành {tên kế hoạch}",
    "addressees": ["{nơi trình}"],
    "bases": ["Căn cứ {luật tổ chức}", "Căn cứ {căn cứ}"],
    "opening": "{cơ quan} kính trình {nơi trình} xem xét việc ban hành {tên kế hoạch} với các nội dung chính như sau:",
    "paragraphs": [
        "I. SỰ CẦN THIẾT BAN HÀNH",
        "Việc ban hành Kế hoạch nhằm triển khai đầy đủ, kịp thời các văn bản nêu trên; xác định rõ nội dung công việc, thời "
        "hạn hoàn thành và trách nhiệm của từng cơ quan, đơn vị.",
        "II. NỘI DUNG CHÍNH",
        "1. Kế hoạch giao {số nhiệm vụ} cho {số cơ quan}; danh mục nhiệm vụ tại Phụ lục kèm theo.",
        "- {nhóm việc}",
        "2. {thời hạn}",
        "3. {kết quả kiểm tra}",
        "III. ĐỀ XUẤT, KIẾN NGHỊ",
        "{cơ quan} kính trình {nơi trình} xem xét, quyết định.",
    ],
    "recipients": ["Như trên"],
}
_REGISTER = {
    "doc_type": "Công văn",
    "subject": "gửi danh mục nhiệm vụ thực hiện {kế hoạch}",
    "addressees": ["{kính gửi}"],
    "opening": "Thực hiện {căn cứ kế hoạch}, {cơ quan} gửi các cơ quan, đơn vị danh mục {số nhiệm vụ} của Kế hoạch (chi tiết "
    "tại Phụ lục kèm theo).",
    "paragraphs": [
        "Đề nghị các cơ quan, đơn vị căn cứ danh mục để tổ chức thực hiện, cập nhật tiến độ và báo cáo theo quy định của Kế "
        "hoạch.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về {cơ quan} để phối hợp giải quyết.",
    ],
    "recipients": ["Như trên"],
}
_FINDINGS_NAMES = {
    **_PLAN,
    "nơi nhận góp ý": _("cơ quan có kế hoạch; là cơ quan mình thì «Đơn vị soạn thảo kế hoạch»"),
    "số điều": _("số nội dung cần xem lại, theo mức độ"),
    "ngày xét": _("ngày mà hiệu lực của các văn bản được xét"),
}
_FINDINGS = {
    "doc_type": "Công văn",
    "subject": "rà soát nội dung {kế hoạch}",
    "addressees": ["{nơi nhận góp ý}"],
    "opening": "{cơ quan} đã rà soát {căn cứ kế hoạch}. Xét theo ngày {ngày xét}, có {số điều} cần xem lại (chi tiết tại Phụ "
    "lục kèm theo).",
    "paragraphs": [
        "Đề nghị nghiên cứu, chỉnh sửa hoặc giải trình các nội dung nêu trên; nội dung giữ nguyên đề nghị nêu rõ lý do.",
    ],
    "recipients": ["Như trên"],
}
_PAIR = {
    "kế hoạch cấp trên": _("số, ký hiệu của kế hoạch cấp trên"),
    "kế hoạch cấp dưới": _("số, ký hiệu của kế hoạch cấp dưới"),
    "căn cứ cấp trên": _("kế hoạch cấp trên với số, ngày, cơ quan ban hành và trích yếu"),
    "căn cứ cấp dưới": _("kế hoạch cấp dưới với số, ngày, cơ quan ban hành và trích yếu"),
    "tóm tắt": _("câu tóm tắt kết quả so sánh"),
}
_ALIGNMENT = {
    "doc_type": "Báo cáo",
    "subject": "Kết quả đối chiếu {kế hoạch cấp dưới} với {kế hoạch cấp trên}",
    "opening": "{cơ quan} báo cáo kết quả đối chiếu hai kế hoạch như sau:",
    "paragraphs": [
        "1. Kế hoạch cấp trên: {căn cứ cấp trên}.",
        "2. Kế hoạch cấp dưới: {căn cứ cấp dưới}.",
        "3. Kết quả: {tóm tắt}",
        "Các nội dung khác nhau được nêu chi tiết tại Phụ lục kèm theo.",
    ],
    "recipients": ["{kính gửi}"],
}
_ANSWER_NAMES = {
    **_PAIR,
    "số mục": _("số mục được giải trình"),
    "bảng giải trình": _("bảng các mục chưa nhận hoặc nhẹ đi và lý do"),
}
_ANSWER = {
    "doc_type": "Công văn",
    "subject": "giải trình nội dung thực hiện {kế hoạch cấp trên}",
    "addressees": ["{kính gửi}"],
    "opening": "{cơ quan} giải trình {số mục} của {căn cứ cấp trên} mà {kế hoạch cấp dưới} chưa nêu hoặc nêu khác, cụ thể "
    "như sau:",
    "paragraphs": ["{bảng giải trình}", "{cơ quan} kính báo cáo để theo dõi, chỉ đạo."],
    "recipients": ["Như trên"],
}

PAPERS = (
    Paper(
        "plans.submission", _("tờ trình"), "plans.plan", _SUBMISSION, _SUBMISSION_NAMES,
        f"{_HERE}.submission", f"{_HERE}.plan_sample",
    ),
    Paper(
        "plans.register", _("công văn gửi danh mục nhiệm vụ"), "plans.plan", _REGISTER, _PLAN,
        f"{_HERE}.register", f"{_HERE}.plan_sample",
    ),
    Paper(
        "plans.findings", _("công văn nêu điều cần xem lại"), "plans.findings", _FINDINGS, _FINDINGS_NAMES,
        f"{_HERE}.findings", f"{_HERE}.findings_sample",
    ),
    Paper(
        "plans.alignment", _("báo cáo so sánh"), "plans.alignment", _ALIGNMENT, _PAIR,
        f"{_HERE}.alignment", f"{_HERE}.alignment_sample",
    ),
    Paper(
        "plans.answer", _("công văn giải trình"), "plans.own_alignment", _ANSWER, _ANSWER_NAMES,
        f"{_HERE}.answer", f"{_HERE}.answer_sample",
    ),
)  # fmt: skip
