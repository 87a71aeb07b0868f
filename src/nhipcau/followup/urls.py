"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from .views import board, chasing, evidence, handing_over, mine, obstacles, one, paper, progress, several, steps, timing

urlpatterns: list[URLPattern | URLResolver] = [
    path("viec-cua-toi/", mine.mine, name="mine"),
    path("viec/<slug:public_id>/", one.assignment, name="assignment"),
    path("viec/<slug:public_id>/ghi/", progress.record, name="record_progress"),
    path("viec/<slug:public_id>/hoan-tac/", progress.take_back, name="take_back_note"),
    path("viec/<slug:public_id>/buoc/", steps.steps, name="steps"),
    path("viec/<slug:public_id>/vuong-mac/", obstacles.raise_obstacle, name="raise_obstacle"),
    path("viec/<slug:public_id>/gia-han/", timing.extend, name="extend_assignment"),
    path("viec/<slug:public_id>/nhip/", timing.rhythm, name="set_rhythm"),
    path("vuong-mac/", obstacles.obstacles, name="obstacles"),
    path("vuong-mac/<slug:public_id>/", obstacles.obstacle, name="obstacle"),
    path("vuong-mac/<slug:public_id>/lam/", obstacles.act_on_obstacle, name="act_on_obstacle"),
    path("chuyen-viec/", handing_over.handing_over, name="handing_over"),
    path("chuyen-viec/<slug:public_id>/", handing_over.move, name="move_work"),
    path("chuyen-viec/<slug:public_id>/tu/<slug:successor>/lai/", handing_over.move_back, name="move_work_back"),
    path("minh-chung/<slug:public_id>/", evidence.evidence, name="evidence"),
    path("dieu-phoi/", board.board, name="board"),
    path("dieu-phoi/viec/", board.rows, name="board_rows"),
    path("dieu-phoi/viec/tai-ve.<slug:form>", board.export, name="board_export"),
    path("dieu-phoi/viec/doi/", several.change_several, name="change_several"),
    path("dieu-phoi/lich/", paper.calendar, name="board_calendar"),
    path("dieu-phoi/in/", paper.sheet, name="board_sheet"),
    path("don-doc/", chasing.rounds, name="chases"),
    path("don-doc/moi/", chasing.chase, name="chase"),
    path("don-doc/<slug:public_id>/", chasing.round_page, name="chase_round"),
]
