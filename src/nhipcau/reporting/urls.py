"""The addresses of this room."""

from django.urls import URLPattern, path

from .views import (
    conflicts,
    listed,
    opening,
    outlines,
    regimes,
    report,
    report_acting,
    report_editing,
    report_figures,
    report_files,
    rounds,
    units,
)

urlpatterns: list[URLPattern] = [
    path("bao-cao/", listed.reports, name="reports"),
    path("bao-cao/mo/", opening.open_new, name="open_round"),
    path("bao-cao/thoi-han/", opening.due_said, name="due_said"),
    path("bao-cao/ky/<slug:public_id>/", rounds.one, name="round"),
    path("bao-cao/ky/<slug:public_id>/lam/", rounds.act_on, name="act_on_round"),
    path("bao-cao/ky/<slug:public_id>/don-vi/", units.units, name="round_units"),
    path("bao-cao/ky/<slug:public_id>/tai-ve.<slug:form>", rounds.export, name="round_export"),
    path("che-do-bao-cao/", regimes.regimes, name="regimes"),
    path("che-do-bao-cao/lap/", regimes.write, name="make_regime"),
    path("che-do-bao-cao/<slug:public_id>/", regimes.one, name="regime"),
    path("che-do-bao-cao/<slug:public_id>/sua/", regimes.write, name="change_regime"),
    path("che-do-bao-cao/<slug:public_id>/ket-thuc/", regimes.end, name="end_regime"),
    path("mau-bao-cao/", outlines.outlines, name="outlines"),
    path("mau-bao-cao/lap/", outlines.write, name="make_outline"),
    path("mau-bao-cao/<slug:key>/", outlines.one, name="outline"),
    path("mau-bao-cao/<slug:key>/sua/", outlines.write, name="change_outline"),
    path("mau-bao-cao/<slug:key>/bo/", outlines.drop, name="drop_outline"),
    # One report. Lists and rounds stand above, since a report's address would take theirs.
    path("bao-cao/<slug:public_id>/", report.report, name="report"),
    path("bao-cao/<slug:public_id>/trung-lap/", conflicts.conflicts, name="report_conflicts"),
    path("bao-cao/<slug:public_id>/lam/", report_acting.act_on_report, name="act_on_report"),
    path("bao-cao/<slug:public_id>/them/", report_editing.add, name="add_sentence"),
    path("bao-cao/<slug:public_id>/cau/<slug:key>/", report_editing.sentence, name="sentence"),
    path("bao-cao/<slug:public_id>/cau/<slug:key>/nguon/", report_editing.sources, name="sentence_sources"),
    path("bao-cao/<slug:public_id>/so-lieu.<slug:form>", report_figures.figures_file, name="report_figures_file"),
    path("bao-cao/<slug:public_id>/so-lieu/<str:key>/", report_figures.figure, name="report_figure"),
    path(
        "bao-cao/<slug:public_id>/so-lieu/<str:key>/tai-ve.<slug:form>",
        report_figures.figure_file,
        name="report_figure_file",
    ),
    path("bao-cao/<slug:public_id>/du-lieu.json", report_files.report_json, name="report_json"),
    path("bao-cao/<slug:public_id>/van-ban.<slug:form>", report_files.report_file, name="report_file"),
]
