"""The addresses of this room."""

from django.urls import URLPattern, path

from .views import report, report_acting, report_editing, report_figures, report_files

urlpatterns: list[URLPattern] = [
    # One report. Lists and rounds stand above, since a report's address would take theirs.
    path("bao-cao/<slug:public_id>/", report.report, name="report"),
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
