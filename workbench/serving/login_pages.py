"""The page that asks for the token, and the one that forgets the viewer again."""

from __future__ import annotations

from http import HTTPStatus

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from tornado.httputil import url_concat

from workbench.serving.login import TokenLogin
from workbench.serving.pages import Page
from workbench.views import text


class LoginPage(LoginFormHandler, Page):
    """Asks for the token."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form, or go on where the viewer is known."""
        if self.current_user:
            self._go_on()
        else:
            self._ask("wrong" if "wrong" in self.request.arguments else "")

    @allow_unauthenticated
    def post(self) -> None:
        """Take the token."""
        login: TokenLogin = self.identity_provider
        if login.token and not login.fits(self, self.get_body_argument("token", "")):
            self.set_status(HTTPStatus.UNAUTHORIZED)
            self._ask("wrong")
            return
        login.set_login_cookie(self, login.generate_anonymous_user(self))
        self._go_on()

    def _go_on(self) -> None:
        wanted = self.get_argument("next", default=self.base_url)
        self._redirect_safe(wanted if wanted.isprintable() else self.base_url)  # a line's end would end the header

    def _ask(self, fault: str) -> None:
        fields = {"next": self.get_argument("next", default=self.base_url)}
        words = text.LOGIN[fault] if fault else ""
        action = url_concat(self.request.path, fields)
        self.draw("login.html", action=action, fault=words, xsrf=self.xsrf_token.decode("ascii"))


class LogoutPage(Page):
    """Forgets the viewer."""

    @allow_unauthenticated
    def get(self) -> None:
        """Take the cookie back, let nobody in who has a copy of it, and ask for the token again."""
        if isinstance(self.identity_provider, TokenLogin) and self.current_user:
            self.identity_provider.leave(self.current_user)
        self.identity_provider.clear_login_cookie(self)
        self.redirect(self.settings["login_url"])
