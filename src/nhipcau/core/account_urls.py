"""The pages of allauth that this house uses, under Vietnamese addresses and allauth's own names.

Not here: sign-up (its name leads to sign-in), other e-mail addresses (an administrator changes the one there is).
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("dang-ky/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^dat-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("dat-mat-khau/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("xac-thuc-hai-buoc/", mfa.index, name="mfa_index"),
    path("xac-thuc-hai-buoc/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("xac-thuc-hai-buoc/nhap-lai-ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("xac-thuc-hai-buoc/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("xac-thuc-hai-buoc/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("ma-du-phong/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("ma-du-phong/tai-ve/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
