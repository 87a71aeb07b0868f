"""Addresses of the working calendar, the calculator of due dates and the limits of law."""

from django.urls import URLPattern, URLResolver, path

from .views import calendar, legal_rules

urlpatterns: list[URLPattern | URLResolver] = [
    path("lich-lam-viec/", calendar.calendar, name="calendar"),
    path("lich-lam-viec/them/", calendar.add, name="add_calendar_day"),
    path("lich-lam-viec/ngay/<int:pk>/", calendar.change, name="change_calendar_day"),
    path("lich-lam-viec/ngay/<int:pk>/bo/", calendar.remove, name="remove_calendar_day"),
    path("lich-lam-viec/thay-doi/<int:pk>/", calendar.followed, name="calendar_change"),
    path("lich-lam-viec/tinh-han/", calendar.calculator, name="due_calculator"),
    path("quy-dinh-thoi-han/", legal_rules.rules, name="legal_rules"),
    path("quy-dinh-thoi-han/them/", legal_rules.add, name="add_legal_rule"),
    path("quy-dinh-thoi-han/phien-ban/<int:pk>/rut/", legal_rules.withdraw, name="withdraw_legal_rule"),
    path("quy-dinh-thoi-han/<str:code>/", legal_rules.rule, name="legal_rule"),
]
