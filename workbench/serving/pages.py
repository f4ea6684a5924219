"""The handlers of our own pages: home, one address for each dashboard, errors in words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler

from workbench.serving.lasting import addresses, front_addresses
from workbench.serving.login import TokenLogin, clean_address, login_address
from workbench.serving.news import News
from workbench.serving.opening import Opening
from workbench.serving.parent import NURSERY
from workbench.views import text


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
        self.finish(fill(self, template, **names))

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Say in words what went wrong, and never how the server is made."""
        draw_error(self, status_code)


class HomePage(Page):
    """The list of the dashboards."""

    def initialize(self, names: tuple[str, ...], opening: Opening, news: News) -> None:
        """Take the names of the dashboards that are there, what each one says, and what is new."""
        self.names, self.opening, self.news = names, opening, news

    @authenticated
    async def get(self) -> None:
        """Send the page."""
        said, waiting = self.opening.headlines, not self.opening.over
        cards = [
            {"name": name, "title": title, "answers": answers, **said.get(name, {})}
            for name, (title, answers) in text.CARDS.items()
            if name in self.names
        ]
        page = fill(self, "home.html", cards=cards, home=text.HOME, news=self.news, waiting=waiting)
        await (self.opening.keep_waiting(self, page) if waiting else self.finish(page))


class Missing(Page):
    """Whatever is at no address."""

    async def prepare(self) -> None:
        """Refuse at once: there is nothing to log in for."""
        raise HTTPError(HTTPStatus.NOT_FOUND)


class DashboardPage(Behind, TornadoVoilaHandler):
    """A dashboard: Voila's page, at an address of one word."""

    def initialize(self, names: tuple[str, ...], opening: Opening, **kwargs: object) -> None:
        """Take the names of the dashboards that are there, when their kernels can start, and what Voila wants."""
        super().initialize(**kwargs)
        self.names, self.opening = names, opening

    @authenticated
    async def get(self, name: str) -> None:
        """Send the page, piece by piece."""
        if name not in self.names:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        if NURSERY.running and not self.opening.over:
            page = fill(self, "waiting.html", name=name, title=text.CARDS[name][0])
            await self.opening.keep_waiting(self, page)
            return
        await super().get(path=f"{name}.ipynb")

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Say in words what went wrong, and never how the server is made."""
        draw_error(self, status_code)


def draw_error(handler: JupyterHandler, status_code: int) -> None:
    """Send an error page of three sentences."""
    words = text.HTTP_ERRORS.get(status_code, text.HTTP_ERRORS[500])
    handler.finish(fill(handler, "error.html", title=words[0], words=words[1]))


def fill(handler: JupyterHandler, template: str, **names: object) -> str:
    """Return a page of one of our own templates."""
    filled = handler.settings["voila_jinja2_env"].get_template(template)
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    page: str = filled.render(workbench=names_for(handler), **names)
    return page


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
