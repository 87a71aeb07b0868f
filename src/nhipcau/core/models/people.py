"""People who sign in. What they may do stands in ``organisations.Membership``; core knows only who they are."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from vanban.text import sort_key


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is kept in lower case so that one person is one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person with an account: an e-mail address, a name, a language and a theme."""

    class Theme(models.TextChoices):
        MACHINE = "", _("Theo máy")
        LIGHT = "light", _("Sáng")
        DARK = "dark", _("Tối")

    email = models.EmailField(_("thư điện tử công vụ"), unique=True)
    name = models.CharField(_("họ và tên"), max_length=120)
    sort_key = models.CharField(max_length=300, editable=False, default="")
    language = models.CharField(max_length=5, default="vi")
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.MACHINE, blank=True)
    remembered = models.JSONField(default=dict, editable=False)  # see core.remembered
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)
