"""A province and a city below it, each with a plan: the city's names the province's among its bases, and leaves out one
task of it."""

from __future__ import annotations

from tests.factories import make_actor, make_organisation, make_reading

from nhipcau.core.acts import Actor
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Level, Organisation
from nhipcau.plans.actions import confirm_reading
from nhipcau.plans.models import Plan, Reading

PROVINCE = """\
ỦY BAN NHÂN DÂN TỈNH HÒA AN
Số: 15/KH-UBND
Hòa An, ngày 12 tháng 02 năm 2024
KẾ HOẠCH
Truyền thông chính sách trên địa bàn tỉnh Hòa An
Căn cứ Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Thủ tướng Chính phủ;
Ủy ban nhân dân tỉnh Hòa An ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
Nâng cao nhận thức của cán bộ và người dân về chính sách.
II. NHIỆM VỤ
1. Nâng cao nhận thức
a) Chỉ đạo tổ chức hội nghị phổ biến công tác truyền thông chính sách.
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Sở Nội vụ.
- Thời gian thực hiện: Trước tháng 12/2024.
b) Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở.
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Sở Nội vụ.
- Thời gian thực hiện: Thường xuyên.
c) Nâng cấp chuyên mục hỏi đáp pháp luật trên Cổng thông tin điện tử.
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Sở Nội vụ.
- Thời gian thực hiện: Trước ngày 30/6/2024.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tư pháp
- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.
Nơi nhận:
- Sở Tư pháp;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Hòa
"""
CITY = """\
ỦY BAN NHÂN DÂN THÀNH PHỐ AN BÌNH
Số: 40/KH-UBND
An Bình, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Truyền thông chính sách trên địa bàn thành phố An Bình
Căn cứ Kế hoạch số 15/KH-UBND ngày 12/02/2024 của Ủy ban nhân dân tỉnh Hòa An về Truyền thông chính sách trên địa bàn tỉnh Hòa An;
Ủy ban nhân dân thành phố An Bình ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
Nâng cao nhận thức của cán bộ và người dân về chính sách.
II. NHIỆM VỤ
1. Nâng cao nhận thức
a) Phối hợp tổ chức hội nghị phổ biến công tác truyền thông chính sách.
- Cơ quan chủ trì: Phòng Tư pháp.
- Cơ quan phối hợp: Phòng Nội vụ.
- Thời gian thực hiện: Trước tháng 12/2024.
b) Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở.
- Cơ quan chủ trì: Phòng Tư pháp.
- Cơ quan phối hợp: Phòng Nội vụ.
- Thời gian thực hiện: Thường xuyên.
III. TỔ CHỨC THỰC HIỆN
1. Phòng Tư pháp
- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.
Nơi nhận:
- Phòng Tư pháp;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Bình
"""
UNNUMBERED = "\n".join(line for line in PROVINCE.splitlines() if "15/KH" not in line and "Hòa An, ngày" not in line)
WITH_THE_TASK = CITY.replace(
    "III. TỔ CHỨC THỰC HIỆN",
    """c) Nâng cấp chuyên mục hỏi đáp pháp luật trên Cổng thông tin điện tử.
- Cơ quan chủ trì: Phòng Tư pháp.
- Cơ quan phối hợp: Phòng Nội vụ.
- Thời gian thực hiện: Trước ngày 30/6/2024.
III. TỔ CHỨC THỰC HIỆN""",
)


def make_tree() -> tuple[Organisation, Organisation]:
    """The province and the city below it."""
    province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
    make_organisation("Sở Tư pháp", parent=province)
    city = make_organisation(
        "Ủy ban nhân dân thành phố An Bình", parent=province, kind="committee", level=Level.DISTRICT
    )
    make_organisation("Phòng Tư pháp", parent=city, level=Level.DISTRICT)
    return province, city


def make_confirmed(actor: Actor, text: str, name: str = "ke-hoach.txt") -> Plan:
    """A plan that went the whole way: uploaded, read, confirmed, and whatever follows done."""
    plan = confirm_reading(actor, make_reading(actor, text, name))
    run_due_jobs()
    return plan


def make_both(province: Organisation, city: Organisation) -> tuple[Plan, Plan]:
    """Both plans, the province's first."""
    return make_confirmed(make_actor(province), PROVINCE), make_confirmed(make_actor(city), CITY)


def reading_of(organisation: Organisation) -> Reading:
    """The newest reading of an organisation."""
    return Reading.objects.filter(organisation=organisation).latest("pk")
