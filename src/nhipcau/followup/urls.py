"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from .views import board, chasing, paper

urlpatterns: list[URLPattern | URLResolver] = [
    path("dieu-phoi/", board.board, name="board"),
    path("dieu-phoi/viec/", board.rows, name="board_rows"),
    path("dieu-phoi/viec/tai-ve.<slug:form>", board.export, name="board_export"),
    path("dieu-phoi/lich/", paper.calendar, name="board_calendar"),
    path("dieu-phoi/in/", paper.sheet, name="board_sheet"),
    path("don-doc/", chasing.rounds, name="chases"),
    path("don-doc/moi/", chasing.chase, name="chase"),
    path("don-doc/<slug:public_id>/", chasing.round_page, name="chase_round"),
]
