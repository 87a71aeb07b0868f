"""Addresses of the plans: import and review, the register, one task, one plan."""

from django.urls import URLPattern, URLResolver, path

from . import public
from .views import alignment, findings, importing, plan, register, review

urlpatterns: list[URLPattern | URLResolver] = [
    path("ke-hoach-moi/", importing.import_plan, name="import_plan"),
    path("doi-chieu/", importing.readings, name="readings"),
    path("doi-chieu/<slug:public_id>/", review.review, name="review"),
    path("doi-chieu/<slug:public_id>/tien-do/", importing.progress, name="reading_progress"),
    path("doi-chieu/<slug:public_id>/mat-khau/", importing.password, name="reading_password"),
    path("doi-chieu/<slug:public_id>/doc-lai/", importing.read_again, name="reading_again"),
    path("doi-chieu/<slug:public_id>/huy/", importing.cancel, name="reading_cancel"),
    path("doi-chieu/<slug:public_id>/bo/", importing.discard, name="reading_discard"),
    path("doi-chieu/<slug:public_id>/tep/", importing.file, name="reading_file"),
    path("doi-chieu/<slug:public_id>/trang/<int:page>.webp", importing.page, name="reading_page"),
    path("doi-chieu/<slug:public_id>/diem/<int:position>/", review.settle, name="settle_doubt"),
    path("doi-chieu/<slug:public_id>/hoan-tac/", review.undo, name="undo_doubt"),
    path("doi-chieu/<slug:public_id>/sua/", review.edit, name="edit_value"),
    path("doi-chieu/<slug:public_id>/co-quan/", review.match_agency, name="match_agency"),
    path("doi-chieu/<slug:public_id>/xac-nhan/", review.confirm, name="confirm_reading"),
    path("doi-chieu/<slug:public_id>/dieu-can-xem.<slug:form>", findings.file, name="reading_findings"),
    path("doi-chieu/<slug:public_id>/dieu-can-xem/giu-nguyen/", findings.keep, name="keep_finding"),
    path("doi-chieu/<slug:public_id>/dieu-can-xem/xet-lai/", findings.reopen, name="reopen_finding"),
    path("quy-tac/", findings.rules_page, name="rules"),
    path("quy-tac/<slug:rule>/", findings.rule_page, name="rule"),
    path("quy-tac/<slug:rule>/doi/", findings.switch_rule, name="switch_rule"),
    path("so-sanh/", alignment.alignments, name="alignments"),
    path("so-sanh/<slug:higher>/<slug:lower>/", alignment.alignment, name="alignment"),
    path("so-sanh/<slug:higher>/<slug:lower>/so/", alignment.compare, name="compare_plans"),
    path("so-sanh/<slug:higher>/<slug:lower>/hoi/", alignment.ask, name="ask_about_duty"),
    path("so-sanh/<slug:higher>/<slug:lower>/tra-loi/", alignment.answer, name="answer_about_duty"),
    path("so-sanh/<slug:higher>/<slug:lower>/tai-ve.<slug:form>", alignment.export, name="alignment_export"),
    path("so-nhiem-vu/", register.register, name="register"),
    path("so-nhiem-vu/tai-ve.<slug:form>", register.export, name="register_export"),
    path("nhiem-vu/<slug:public_id>/", public.task, name="task"),
    path("ke-hoach/", public.plans, name="plans"),
    path("ke-hoach/<slug:slug>/", public.plan, name="plan"),
    path("ke-hoach/<slug:slug>/tai-ve.<slug:form>", public.export, name="plan_export"),
    path("ke-hoach/<slug:slug>/dieu-can-xem.<slug:form>", findings.plan_file, name="plan_findings"),
    path("ke-hoach/<slug:slug>/cong-bo/", plan.publish, name="publish_plan"),
    path("ke-hoach/<slug:slug>/rut/", plan.withdraw, name="withdraw_plan"),
]
