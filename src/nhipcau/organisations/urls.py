"""Addresses of the directory, its groups, its people and its import."""

from django.urls import URLPattern, URLResolver, path

from .views import delegating, directory, groups, importing, keeping, people, successions, trail

urlpatterns: list[URLPattern | URLResolver] = [
    path("co-quan/", directory.directory, name="organisations"),
    path("co-quan/chon/", directory.switch, name="switch_organisation"),
    path("co-quan/tai-ve.<slug:form>", directory.export, name="export_organisations"),
    path("co-quan/them/", keeping.add, name="add_organisation"),
    path("co-quan/nhap/", importing.import_directory, name="import_organisations"),
    path("co-quan/nhap/mau.<slug:form>", importing.template, name="organisations_template"),
    path("co-quan/nhap/danh-ba-mau/", importing.load_packaged, name="load_packaged"),
    path("co-quan/nhom/<slug:public_id>/", groups.group, name="group"),
    path("co-quan/nhom/<slug:public_id>/sua/", groups.change, name="change_group"),
    path("co-quan/nhom/<slug:public_id>/thanh-vien/", groups.members, name="name_members"),
    path("co-quan/ke-thua/", successions.successions, name="successions"),
    path("co-quan/ke-thua/them/", successions.add, name="add_succession"),
    path("co-quan/ke-thua/<int:pk>/", successions.change, name="change_succession"),
    path("uy-quyen/", delegating.delegations, name="delegations"),
    path("uy-quyen/<int:pk>/ket-thuc/", delegating.end, name="end_delegation"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("nhat-ky/tai-ve.csv", trail.export, name="export_trail"),
    path("nhat-ky/kiem-tra/", trail.verify, name="verify_trail"),
    path("co-quan/<slug:public_id>/", directory.organisation, name="organisation"),
    path("co-quan/<slug:public_id>/sua/", keeping.change, name="change_organisation"),
    path("co-quan/<slug:public_id>/cham-dut/", keeping.end, name="end_organisation"),
    path("co-quan/<slug:public_id>/ten-goi/", keeping.add_alias, name="add_alias"),
    path("co-quan/<slug:public_id>/ten-goi/<int:alias>/bo/", keeping.remove_alias, name="remove_alias"),
    path("co-quan/<slug:public_id>/nhom/them/", groups.add, name="add_group"),
    path("co-quan/<slug:public_id>/nhom/thuong-gap/", groups.add_standard, name="add_standard_groups"),
    path("co-quan/<slug:public_id>/nguoi/", people.people, name="people"),
    path("co-quan/<slug:public_id>/nguoi/<int:membership>/thoi/", people.end, name="end_membership"),
    path("co-quan/<slug:public_id>/nguoi/<int:membership>/giao-lai/", people.give_again, name="give_membership_again"),
]
