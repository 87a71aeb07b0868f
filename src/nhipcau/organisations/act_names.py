"""What the acts of this room are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "organisations.add": _("thêm cơ quan"),
    "organisations.add_alias": _("thêm tên gọi khác"),
    "organisations.add_group": _("thêm nhóm cơ quan"),
    "organisations.add_group_alias": _("thêm tên gọi khác của nhóm"),
    "organisations.add_standard_groups": _("thêm các nhóm thường gặp"),
    "organisations.change": _("sửa thông tin cơ quan"),
    "organisations.change_group": _("sửa nhóm cơ quan"),
    "organisations.delegate": _("ủy quyền khi vắng mặt"),
    "organisations.end": _("chấm dứt cơ quan"),
    "organisations.end_delegation": _("kết thúc ủy quyền"),
    "organisations.end_membership": _("cho thôi vai trò"),
    "organisations.import": _("nhập danh bạ từ bảng"),
    "organisations.invite_person": _("mời người và giao vai trò"),
    "organisations.keep_succession": _("ghi cơ quan kế thừa"),
    "organisations.load_successions": _("nạp bảng kế thừa kèm phần mềm"),
    "organisations.name_members": _("nêu thành viên của nhóm"),
    "organisations.remove_alias": _("bỏ tên gọi khác"),
    "organisations.set_membership": _("giao vai trò"),
    "organisations.start": _("lập cơ quan đầu tiên"),
}
