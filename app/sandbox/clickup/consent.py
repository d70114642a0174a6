"""The page on which people let an app act for them: here whoever looks at it picks who they are."""

from __future__ import annotations

import secrets
from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from .workspace import Workspace

LOOK = """body{font:16px/1.5 system-ui,sans-serif;background:#f7f8f9;color:#292d34;margin:0}
main{max-width:26rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 2px 16px #0001}
h1{font-size:1.25rem;margin:0 0 .5rem}a{display:block;margin:.5rem 0;padding:.6rem 1rem;border-radius:8px;
text-decoration:none;color:#fff;background:#7b68ee;font-weight:600}a.no{background:none;color:#656f7d}"""


def consent_routes(workspace: Workspace) -> list[BaseRoute]:
    """``GET /api?client_id=…&redirect_uri=…&state=…``, as the real one at app.clickup.com; a code is good once."""

    async def ask(request: Request) -> Response:
        asked = request.query_params
        client, back = asked.get("client_id", ""), asked.get("redirect_uri", "")
        if client not in workspace.oauth_clients or urlsplit(back).scheme not in ("http", "https"):
            return _page("<h1>ClickUp doesn't know this app</h1><p>OAUTH_010 or OAUTH_007</p>", 400)
        if "user" not in asked:
            return _page(_question(workspace, dict(asked)), 200)
        sent = {"state": asked.get("state", "")}
        if asked["user"].isdigit() and int(asked["user"]) in workspace.users:
            sent["code"] = secrets.token_hex(12)
            workspace.oauth_codes[sent["code"]] = int(asked["user"])
        return RedirectResponse(f"{back}?{urlencode(sent)}", 302)

    return [Route("/api", ask)]


def _question(workspace: Workspace, asked: dict[str, str]) -> str:
    users = "".join(
        f'<a href="?{escape(urlencode(asked | {"user": str(user.id)}))}">Yes, I am {escape(user.name)}</a>'
        for user in workspace.users.values()
    )
    no = f'<a class="no" href="?{escape(urlencode(asked | {"user": "nobody"}))}">No, don\'t let it</a>'
    name = escape(workspace.name)
    return f"<h1>Let Timer track time for you in {name}?</h1><p>This is the sandbox: pick who you are.</p>{users}{no}"


def _page(body: str, status: int) -> Response:
    head = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ClickUp</title><style>{LOOK}</style></head>'
    )
    return HTMLResponse(f"{head}<body><main>{body}</main></body></html>", status)
