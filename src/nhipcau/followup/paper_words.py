"""The official documents that this room offers to write: their words as they come with the software, and the names that
stand in them. Vietnamese only, as documents are; an organisation may write its own (``documents.wording``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Paper

_HERE = "nhipcau.followup.papers"
_PLAN = {
    "kế hoạch": _("số, ký hiệu của kế hoạch (các kế hoạch)"),
    "căn cứ kế hoạch": _(
        "kế hoạch với số, ngày, cơ quan ban hành và trích yếu; nhiều kế hoạch thì mỗi kế hoạch một dòng"
    ),
}
_INVITED = {"thành phần": _("đại diện lãnh đạo các cơ quan được mời, mỗi cơ quan một dòng")}
_LATE = {
    **_PLAN,
    **_INVITED,
    "tình hình": _("bao nhiêu nhiệm vụ của bao nhiêu cơ quan quá hạn hoặc chưa có báo cáo"),
    "chỗ chi tiết": _("«cụ thể như sau:» hoặc «chi tiết tại Phụ lục kèm theo.»"),
    "bảng việc": _("bảng nhiệm vụ quá hạn, chưa có báo cáo của từng cơ quan"),
    "hạn trả lời": _("«trước hết ngày …»; lần đôn đốc không hẹn ngày thì «trong thời gian sớm nhất»"),
}
_REMINDER = {
    "doc_type": "Công văn",
    "subject": "đôn đốc thực hiện {kế hoạch}",
    "addressees": ["{kính gửi}"],
    "opening": "Thực hiện {kế hoạch}, {cơ quan} đã theo dõi tiến độ thực hiện nhiệm vụ của các cơ quan, đơn vị. Tính "
    "đến ngày {ngày}, còn {tình hình}, {chỗ chi tiết}",
    "paragraphs": [
        "{bảng việc}",
        "Để bảo đảm tiến độ chung, {cơ quan} đề nghị các cơ quan, đơn vị:",
        "1. Tập trung hoàn thành các nhiệm vụ đã quá hạn; cập nhật tiến độ, kết quả và minh chứng của từng nhiệm vụ {hạn "
        "trả lời}.",
        "2. Đối với nhiệm vụ có khó khăn, vướng mắc, nêu rõ nguyên nhân và đề xuất biện pháp giải quyết để được xem xét "
        "kịp thời.",
        "Đề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện.",
    ],
    "recipients": ["Như trên"],
}
_MEETING = {
    "doc_type": "Giấy mời",
    "subject": "Họp rà soát tiến độ thực hiện {kế hoạch}",
    "addressees": ["{thành phần}"],
    "opening": "Tới dự cuộc họp rà soát tiến độ và tháo gỡ khó khăn, vướng mắc trong thực hiện {kế hoạch}.",
    "paragraphs": [
        "- Chủ trì: Lãnh đạo {cơ quan}.",
        "- Thời gian: …… giờ ……, ngày …… tháng …… năm {năm}.",
        "- Địa điểm: …………",
        "- Nội dung: Các cơ quan, đơn vị báo cáo tình hình, nguyên nhân và giải pháp đối với {tình hình}, {chỗ chi tiết}",
        "{bảng việc}",
        "Đề nghị các cơ quan, đơn vị chuẩn bị nội dung và cử người dự họp đúng thành phần, thời gian.",
    ],
    "recipients": ["Như trên"],
}
_OBSTACLE = {
    "vướng mắc": _("nội dung vướng mắc"),
    "đề xuất": _("đề xuất của cơ quan nêu vướng mắc"),
    "cơ quan nêu": _("cơ quan nêu vướng mắc"),
    "nhiệm vụ": _("nội dung nhiệm vụ"),
    **_PLAN,
    **_INVITED,
}
_OBSTACLE_MEETING = {
    "doc_type": "Giấy mời",
    "subject": "Họp tháo gỡ vướng mắc trong thực hiện {kế hoạch}",
    "addressees": ["{thành phần}"],
    "opening": "Tới dự cuộc họp xem xét, tháo gỡ vướng mắc trong thực hiện nhiệm vụ “{nhiệm vụ}” theo {kế hoạch}.",
    "paragraphs": [
        "- Chủ trì: Lãnh đạo {cơ quan}.",
        "- Thời gian: …… giờ ……, ngày …… tháng …… năm {năm}.",
        "- Địa điểm: …………",
        "- Vướng mắc do {cơ quan nêu} nêu: {vướng mắc}.",
        "- Đề xuất của cơ quan nêu vướng mắc: {đề xuất}.",
        "Đề nghị các cơ quan, đơn vị chuẩn bị ý kiến về biện pháp giải quyết và cử người dự họp đúng thành phần, thời "
        "gian.",
    ],
    "recipients": ["Như trên"],
}
_UNIT = {
    **_PLAN,
    "số việc": _("số nhiệm vụ"),
    "số bước": _("số bước thực hiện"),
    "nhiệm vụ": _("nội dung nhiệm vụ; nhiều nhiệm vụ thì mỗi nhiệm vụ một dòng"),
    "cơ quan theo dõi": _("cơ quan ban hành kế hoạch, theo dõi việc thực hiện"),
    "bảng bước": _("bảng các bước: nội dung, người thực hiện theo chức danh, thời hạn"),
}
_UNIT_PLAN = {
    "doc_type": "Kế hoạch",
    "subject": "Thực hiện nhiệm vụ được giao tại {kế hoạch}",
    "bases": ["Căn cứ {luật tổ chức}", "Căn cứ {căn cứ kế hoạch}"],
    "opening": "{cơ quan} ban hành Kế hoạch thực hiện {số việc} được giao như sau:",
    "paragraphs": [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Tổ chức thực hiện đầy đủ, đúng thời hạn các nhiệm vụ được giao tại {kế hoạch}.",
        "2. Xác định rõ nội dung công việc, thời hạn hoàn thành và trách nhiệm của từng bộ phận, cá nhân.",
        "II. NỘI DUNG THỰC HIỆN",
        "Nội dung thực hiện gồm {số bước}, cụ thể như sau:",
        "{bảng bước}",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Các bộ phận, cá nhân được phân công chủ động triển khai, bảo đảm tiến độ, chất lượng; cập nhật kết quả và minh "
        "chứng khi hoàn thành.",
        "2. Lãnh đạo {cơ quan} theo dõi, đôn đốc việc thực hiện Kế hoạch này.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các bộ phận, cá nhân kịp thời báo cáo lãnh đạo {cơ quan} "
        "để xem xét, giải quyết.",
    ],
    "recipients": ["{cơ quan theo dõi} (để báo cáo)", "Các bộ phận thuộc {cơ quan}"],
}


def _follows(actor: Actor) -> bool:
    return actor.has("coordinator", "head")


PAPERS = (
    Paper(
        "followup.reminder", _("công văn đôn đốc"), "followup.chase", _REMINDER, _LATE,
        f"{_HERE}.reminder", f"{_HERE}.late_sample", may=_follows,
    ),
    Paper(
        "followup.meeting", _("giấy mời họp"), "followup.chase", _MEETING, _LATE,
        f"{_HERE}.reminder", f"{_HERE}.late_sample", may=_follows,
    ),
    Paper(
        "followup.reminder_now", _("công văn đôn đốc mọi cơ quan chậm"), "followup.board", _REMINDER, _LATE,
        f"{_HERE}.reminder_now", f"{_HERE}.late_sample", may=_follows,
    ),
    Paper(
        "followup.obstacle_meeting", _("giấy mời họp tháo gỡ vướng mắc"), "followup.obstacle", _OBSTACLE_MEETING, _OBSTACLE,
        f"{_HERE}.obstacle_meeting", f"{_HERE}.obstacle_sample",
    ),
    Paper(
        "followup.unit_plan", _("kế hoạch thực hiện"), "followup.assignment", _UNIT_PLAN, _UNIT,
        f"{_HERE}.unit_plan", f"{_HERE}.unit_sample",
    ),
    Paper(
        "followup.unit_plan_whole", _("kế hoạch của đơn vị"), "followup.mine", _UNIT_PLAN, _UNIT,
        f"{_HERE}.unit_plan_whole", f"{_HERE}.unit_sample",
    ),
)  # fmt: skip
