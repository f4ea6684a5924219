"""The handlers of our own pages: home, one address for each dashboard, errors in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler

from workbench.serving.lasting import addresses, front_addresses
from workbench.serving.login import TokenLogin, clean_address, login_address
from workbench.serving.news import News
from workbench.views import text

Headlines = Callable[[], Mapping[str, Mapping[str, str]]]


class Behind(JupyterHandler):
    """A page that asks who is there first."""

    async def prepare(self) -> None:
        """Let nobody in who is not known, and take a token that was right out of the address."""
        await super().prepare()
        if not self._finished and self.request.method == "GET" and "token" in self.request.query_arguments:
            self.redirect(clean_address(self.request))

    def get_login_url(self) -> str:
        """Return where to log in."""
        login = super().get_login_url()
        return login_address(self, login) if isinstance(self.identity_provider, TokenLogin) else login


class Page(Behind):
    """A page that our own templates draw."""

    def draw(self, template: str, **names: object) -> None:
        """Fill a template and send it."""
        filled = self.settings["voila_jinja2_env"].get_template(template)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(filled.render(workbench=names_for(self), **names))

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Say in words what went wrong, and never how the server is made."""
        draw_error(self, status_code)


class HomePage(Page):
    """The list of the dashboards."""

    def initialize(self, names: tuple[str, ...], headlines: Headlines, news: News) -> None:
        """Take the names of the dashboards that are there, how to ask what each one says, and what is new."""
        self.names, self.headlines, self.news = names, headlines, news

    @authenticated
    async def get(self) -> None:
        """Send the page."""
        said = await asyncio.to_thread(self.headlines)  # the first time the models compute it
        cards = [
            {"name": name, "title": title, "answers": answers, **said.get(name, {})}
            for name, (title, answers) in text.CARDS.items()
            if name in self.names
        ]
        self.draw("home.html", cards=cards, home=text.HOME, news=self.news)


class Missing(Page):
    """Whatever is at no address."""

    async def prepare(self) -> None:
        """Refuse at once: there is nothing to log in for."""
        raise HTTPError(HTTPStatus.NOT_FOUND)


class DashboardPage(Behind, TornadoVoilaHandler):
    """A dashboard: Voila's page, at an address of one word."""

    def initialize(self, names: tuple[str, ...], **kwargs: object) -> None:
        """Take the names of the dashboards that are there, and what Voila wants."""
        super().initialize(**kwargs)
        self.names = names

    async def get(self, name: str) -> None:
        """Send the page, piece by piece."""
        if name not in self.names:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        await super().get(path=f"{name}.ipynb")

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Say in words what went wrong, and never how the server is made."""
        draw_error(self, status_code)


def draw_error(handler: JupyterHandler, status_code: int) -> None:
    """Send an error page of three sentences."""
    words = text.HTTP_ERRORS.get(status_code, text.HTTP_ERRORS[500])
    filled = handler.settings["voila_jinja2_env"].get_template("error.html")
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.finish(filled.render(workbench=names_for(handler), title=words[0], words=words[1]))


def names_for(handler: JupyterHandler) -> dict[str, Any]:
    """Return what a handler's template may name."""
    return template_names(handler.base_url, asks_login=handler.identity_provider.auth_enabled)


def template_names(base_url: str, *, asks_login: bool) -> dict[str, Any]:
    """Return what every template of ours may name: screen text and the addresses of the lasting files."""
    return {
        "base": base_url,
        "leave": asks_login,
        "text": text.FRAME,
        "login": text.LOGIN,
        "menu": [(name, title) for name, (title, _) in text.CARDS.items()],
        "files": addresses(base_url),
        "front": front_addresses(base_url),
    }
