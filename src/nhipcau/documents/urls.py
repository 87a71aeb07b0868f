"""Addresses of the library (documents, originals, their files) and of the organisation's own documents."""

from django.urls import URLPattern, URLResolver, path

from . import facts, paper_urls, public, views
from .views.outgoing import acting, arriving, lists, numbers, one, past, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("van-ban/", views.documents, name="documents"),
    path("hieu-luc-van-ban/", facts.validity, name="validity"),
    path("hieu-luc-van-ban/them/", facts.add_validity, name="add_validity"),
    path("hieu-luc-van-ban/<int:pk>/", facts.change_validity, name="change_validity"),
    path("van-ban/<slug:slug>/", public.document, name="document"),
    path("ban-goc/<slug:public_id>/", public.text, name="text"),
    path("ban-goc/<slug:public_id>/trang/<int:page>.webp", public.text_page, name="text_page"),
    path("ban-goc/<slug:public_id>/tep/", public.text_file, name="text_file"),
    path("van-ban-di/", lists.outgoings, name="outgoings"),
    path("van-ban-di/tai-ve.<slug:form>", lists.export, name="export_outgoings"),
    path("van-ban-di/soan/", writing.begin, name="begin_outgoing"),
    *paper_urls.urlpatterns,
    path("van-ban-di/<slug:public_id>/", one.outgoing, name="outgoing"),
    path("van-ban-di/<slug:public_id>/sua/", writing.write, name="write_outgoing"),
    path("van-ban-di/<slug:public_id>/ban/<int:place>/", past.past, name="past_outgoing"),
    path("van-ban-di/<slug:public_id>/lam/", acting.act_on_outgoing, name="act_on_outgoing"),
    path("van-ban-di/<slug:public_id>/tep.<slug:form>", one.file, name="outgoing_file"),
    path("van-ban-den/", lists.received, name="received"),
    path("so-van-ban/", numbers.numbers, name="register_of_numbers"),
    path("so-van-ban/tai-ve.<slug:form>", numbers.export, name="export_numbers"),
    path("so-van-ban/giu-so/", numbers.reserve, name="reserve_number"),
    path("so-van-ban/bat-dau/", numbers.begin, name="begin_register"),
    path("so-van-ban/<slug:public_id>/huy/", numbers.void, name="void_number"),
    path("so-van-ban/<slug:public_id>/van-ban-giay/", numbers.use, name="use_number"),
    path("so-van-ban-den/", arriving.arrivals, name="arrivals"),
    path("so-van-ban-den/tai-ve.<slug:form>", arriving.export, name="export_arrivals"),
    path("so-van-ban-den/<slug:public_id>/", arriving.arrival, name="arrival"),
    path("van-ban-di/<slug:public_id>/vao-so-den/", arriving.enter_received, name="enter_received"),
]
