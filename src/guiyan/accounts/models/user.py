"""Users: who signs in. What they may do comes from their posts; a resident has a subject and no post."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """subject_id: the resident's own entry among the subjects (canonical), if any."""

    username = models.CharField("用户名", max_length=64, unique=True)
    name = models.TextField("姓名")
    subject_id = models.BigIntegerField("本人档案", null=True, blank=True, unique=True)
    is_active = models.BooleanField("可登录", default=True)
    is_demo = models.BooleanField("示例账号", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        db_table = "accounts_user"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name


class WrongTry(models.Model):
    """One wrong password, or one wrong name for a request's number, by the real clock.

    door: where it was tried; about: the user name or the number; address: a digest, so that no address is kept.
    """

    door = models.CharField(max_length=16)
    about = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_wrong_try"
        indexes = (
            models.Index(fields=["door", "about", "at"], name="accounts_wrong_try_about"),
            models.Index(fields=["door", "address", "at"], name="accounts_wrong_try_address"),
        )
