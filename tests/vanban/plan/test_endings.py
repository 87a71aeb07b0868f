"""Recipients and signature, in the layouts in which files print them."""

from __future__ import annotations

import pytest

from vanban.model import Signature

BODY = "KẾ HOẠCH\nTuyên truyền\n\nI. NỘI DUNG\n1. Làm tốt công tác tuyên truyền./.\n\n"
SIGNED = Signature("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Trần Văn Bình")
RECIPIENTS = ("Bộ Nội vụ (b/c)", "Các sở: TC, TP", "Lưu: VT, NC")

LAYOUTS = {
    "one-below-the-other": "Nơi nhận:\n- Bộ Nội vụ (b/c);\n- Các sở: TC, TP;\n- Lưu: VT, NC.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
    "PHÓ CHỦ TỊCH\n\n\nTrần Văn Bình\n",
    "cells": "|\nNơi nhận:\n- Bộ Nội vụ (b/c);\n- Các sở: TC, TP;\n- Lưu: VT, NC.\n|\nTM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"
    "Trần Văn Bình\n|\n",
    "signature-first": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình\nNơi nhận:\n- Bộ Nội vụ (b/c);\n"
    "- Các sở: TC, TP;\n- Lưu: VT, NC.\n",
    "columns-on-one-line": "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ (b/c); KT. CHỦ TỊCH\n- Các sở: TC, TP; PHÓ CHỦ TỊCH\n"
    "- Lưu: VT, NC. Trần Văn Bình\n",
    "interleaved": "Nơi nhận:\nTM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ (b/c);\nKT. CHỦ TỊCH\n- Các sở: TC, TP;\nPHÓ CHỦ TỊCH\n"
    "- Lưu: VT, NC.\nTrần Văn Bình\n",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(read, layout):
    plan = read(BODY + layout)
    assert (plan.recipients, plan.signature) == (RECIPIENTS, SIGNED)


def test_an_entry_over_two_lines_and_one_marked_plus(read):
    plan = read(
        BODY
        + "Nơi nhận:\n- VPUB: + CVP, các PCVP;\n+ Cổng TTĐT tỉnh\n(đưa tin);\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Hoa\n"
    )
    assert plan.recipients == ("VPUB: + CVP, các PCVP", "Cổng TTĐT tỉnh (đưa tin)", "Lưu: VT")
    assert plan.signature == Signature(None, "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Lê Thị Hoa")


def test_no_end_at_all(read):
    plan = read(BODY)
    assert (plan.recipients, plan.signature) == ((), Signature())


def test_a_decision_with_an_annexed_plan(read):
    plan = read(
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
        "Điều 2. Giám đốc Sở Tài chính chịu trách nhiệm thi hành./.\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nKT. CHỦ TỊCH\n"
        "PHÓ CHỦ TỊCH\nLê Thị Hoa\n\nKẾ HOẠCH\nKIỂM KÊ TÀI SẢN\n(Kèm theo Quyết định số 5/QĐ-UBND)\n\nI. NHIỆM VỤ\n"
        "1. Lập danh mục tài sản.\n- Chủ trì: Sở Tài chính.\n- Thời gian: Tháng 5/2018.\n\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Theo dõi.\n"
    )
    assert [(task.code, task.lead) for task in plan.tasks] == [("I.1", ("Sở Tài chính",))]
    assert [duty.code for duty in plan.duties] == ["II.1.1"]
    assert (plan.recipients, plan.signature.name) == (("Như Điều 2", "Lưu: VT"), "Lê Thị Hoa")
