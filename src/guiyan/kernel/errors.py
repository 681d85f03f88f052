"""The errors people may read: each carries a plain Chinese message; middleware turns them into pages."""

from __future__ import annotations


class GuiyanError(Exception):
    """Root of every error whose message is meant for people."""

    status = 400
    default_message = "这一步没有办成。"

    def __init__(self, message: str = "") -> None:
        self.message = message or self.default_message
        super().__init__(self.message)


class Refused(GuiyanError):
    """A business refusal: the request was understood and the rules say no."""

    status = 409

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code


class NotAllowed(GuiyanError):
    """The actor may see the object, and may not do this to it."""

    status = 403
    default_message = "您没有办理这一步的权限。"


class NotFound(GuiyanError):
    """There is nothing here, or nothing this actor may know of: the answer is the same."""

    status = 404
    default_message = "没有找到这条记录，可能不在您的办理范围内。"


class SignInNeeded(GuiyanError):
    """Nobody is signed in and this needs somebody; middleware answers with the sign-in page."""

    status = 401
    default_message = "请先登录。"
