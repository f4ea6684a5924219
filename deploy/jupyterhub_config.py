"""A team's hub: economists get JupyterLab, committee staff get the dashboards and nothing else.

    jupyterhub -f deploy/jupyterhub_config.py

docs/deploy.md says what to set up before, and what each of these variables is for:

    WORKBENCH_HUB_STATE      folder of the hub's database, its keys and the file of people (default: ./hub-state)
    WORKBENCH_HUB_URL        where the hub listens (default: http://127.0.0.1:8000)
    WORKBENCH_HUB_API_PORT   first of two more ports of this machine, for the hub and its proxy (default: 8081)
    WORKBENCH_HUB_SPAWNER    "accounts": each person has an account of that name on this machine (default);
                             "simple": all servers run under the hub's own account, for a trial only
    WORKBENCH_HUB_STORE      where runs are kept, as in workbench serve --store (default: nothing is kept)
    WORKBENCH_HUB_APPROVERS  names of those who may approve runs, with commas between them
"""

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator
from tornado.web import HTTPError

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import people  # noqa: E402 - stands beside this file, which is no package

from workbench.serving.tries import Tries  # noqa: E402 - after the path

c = get_config()  # noqa: F821 - JupyterHub puts the name there
STATE = Path(os.environ.get("WORKBENCH_HUB_STATE", "hub-state")).resolve()
STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
URL = os.environ.get("WORKBENCH_HUB_URL", "http://127.0.0.1:8000")
API_PORT = int(os.environ.get("WORKBENCH_HUB_API_PORT", "8081"))
BIN = Path(sys.executable).parent
SIMPLE = os.environ.get("WORKBENCH_HUB_SPAWNER", "accounts") == "simple"
AS_ROOT = ["--allow-root"] if SIMPLE and os.name == "posix" and os.geteuid() == 0 else []
"""Only in a trial inside a container do people's servers run under the hub's account, root's there."""

DASHBOARDS = "dashboards"
"""The name of an economist's second server, which shows what the committee sees."""


class PeopleAuthenticator(Authenticator):
    """Names and hashed passwords from a file; whoever guesses has to wait."""

    tries = Tries()

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """Return who this is and in which group, None for a wrong password."""
        name, address = data["username"], handler.request.remote_ip
        keys = (f"from {address}", f"for {name}")
        if not all(map(self.tries.may, keys)):
            raise HTTPError(429, "Too many wrong passwords. Please wait a minute.")
        role = people.role_of(people.read(STATE / "people.json"), name, data["password"])
        if role is None:
            for key in keys:
                self.tries.wrong(key)
            return None
        return {"name": name, "groups": [f"{role}s"]}


def is_economist(spawner: Any) -> bool:
    """Tell whether a server is an economist's; whoever is in no group is a viewer."""
    return "economists" in {group.name for group in spawner.user.groups}


def choose_server(spawner: Any) -> None:
    """Give JupyterLab to economists, and to everybody else the dashboards, whatever was asked for."""
    if spawner.name and not (is_economist(spawner) and spawner.name == DASHBOARDS):
        raise HTTPError(403, f"There is no server of this name; economists have one called {DASHBOARDS}.")
    if is_economist(spawner) and spawner.name != DASHBOARDS:
        spawner.cmd, spawner.default_url = [str(BIN / "jupyterhub-singleuser"), *AS_ROOT], "/lab"
        return
    kept = [f"--store={store}"] if (store := os.environ.get("WORKBENCH_HUB_STORE")) else []
    approvers = filter(None, os.environ.get("WORKBENCH_HUB_APPROVERS", "").split(","))
    options = [*kept, *(f"--approver={name.strip()}" for name in approvers)]
    spawner.cmd, spawner.default_url = [sys.executable, "-m", "workbench", "serve", "--hub", *options], ""


def secret(name: str, size: int = 32) -> str:
    """Return a key of the hub's, made once and kept for its owner alone."""
    file = STATE / name
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(size))
    return file.read_text()


c.JupyterHub.bind_url = URL
c.JupyterHub.hub_port = API_PORT
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.pid_file = str(STATE / "jupyterhub.pid")
c.JupyterHub.allow_named_servers = True
c.JupyterHub.cleanup_servers = True
c.ConfigurableHTTPProxy.command = [str(BIN / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{API_PORT + 1}"
c.ConfigurableHTTPProxy.auth_token = secret("proxy_token")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

c.JupyterHub.authenticator_class = PeopleAuthenticator
c.Authenticator.allow_all = True
c.Authenticator.manage_groups = True
c.Authenticator.admin_users = set()
# Nobody needs a key to the hub's interface: his own server's start and the way to it are all that a person is given.
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["read:users!user", "servers!user", "access:servers!user"]},
]

if SIMPLE:
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")
else:
    c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.pre_spawn_hook = choose_server
c.Spawner.disable_user_config = True
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL", "PYTHONPATH", "TZ"]
c.Spawner.start_timeout = 60
c.Spawner.http_timeout = 60
