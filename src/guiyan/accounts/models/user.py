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


class SignInFailure(models.Model):
    """One wrong password, by the real clock. After too many in a row the name rests for a while."""

    username = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_sign_in_failure"
        indexes = (models.Index(fields=["username", "at"], name="accounts_sign_in_failure_name"),)
