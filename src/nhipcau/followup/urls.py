"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from .views import board, chasing, evidence, mine, one, paper, progress, steps

urlpatterns: list[URLPattern | URLResolver] = [
    path("viec-cua-toi/", mine.mine, name="mine"),
    path("viec/<slug:public_id>/", one.assignment, name="assignment"),
    path("viec/<slug:public_id>/ghi/", progress.record, name="record_progress"),
    path("viec/<slug:public_id>/hoan-tac/", progress.take_back, name="take_back_note"),
    path("viec/<slug:public_id>/buoc/", steps.steps, name="steps"),
    path("minh-chung/<slug:public_id>/", evidence.evidence, name="evidence"),
    path("dieu-phoi/", board.board, name="board"),
    path("dieu-phoi/viec/", board.rows, name="board_rows"),
    path("dieu-phoi/viec/tai-ve.<slug:form>", board.export, name="board_export"),
    path("dieu-phoi/lich/", paper.calendar, name="board_calendar"),
    path("dieu-phoi/in/", paper.sheet, name="board_sheet"),
    path("don-doc/", chasing.rounds, name="chases"),
    path("don-doc/moi/", chasing.chase, name="chase"),
    path("don-doc/<slug:public_id>/", chasing.round_page, name="chase_round"),
]
