"""Every environment variable, typed and described; all faults are told at once."""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

S = TypeVar("S", bound=BaseSettings)
ProviderName = str  # one of those in app.providers.SERVICES

_CONFIG = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)


class SettingsFaulty(Exception):
    """Carries one sentence for each variable that is wrong."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class DatabaseSettings(BaseSettings):
    """What a backup needs: it opens nothing that is sealed."""

    model_config = _CONFIG

    dyno: str = Field("", description="set by Heroku, where a disk is emptied at every restart")
    allow_ephemeral: bool = Field(False, description="try it out with a file where the disk does not last")
    database_url: str = Field("sqlite:///timer.db", validate_default=True, repr=False)

    @field_validator("database_url")
    @classmethod
    def _lasts(cls, url: str, info: ValidationInfo) -> str:
        if url.startswith("sqlite:") and info.data.get("dyno") and not info.data.get("allow_ephemeral"):
            raise ValueError(
                "the disk here is emptied at every restart (DYNO is set), and everybody's hours in the file with it."
                " Name a PostgreSQL database: postgresql://… To try it out all the same, set ALLOW_EPHEMERAL=1"
            )
        return url


class StorageSettings(DatabaseSettings):
    """What the mapping table needs: people are linked before Slack is set up."""

    secret_key: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        description="seals credentials at rest: at least 32 characters; several, newest first, separated by commas"
    )

    @field_validator("secret_key", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(key.strip() for key in value.split(",") if key.strip()) if isinstance(value, str) else value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not keys or any(len(key.get_secret_value()) < 32 for key in keys):
            raise ValueError("each key needs at least 32 characters; make one with: openssl rand -base64 32")
        return keys

    @property
    def secret_keys(self) -> list[str]:
        return [key.get_secret_value() for key in self.secret_key]


class ManifestSettings(BaseSettings):
    """What the Slack app's manifest is made from."""

    model_config = _CONFIG

    timer_command: str = Field("/timer", pattern=r"^/[a-z0-9_-]{1,31}$", description="the slash command's name")
    public_url: str = ""


class Settings(StorageSettings, ManifestSettings):
    slack_bot_token: SecretStr = Field(description="xoxb-…, from OAuth & Permissions")
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="from Basic Information; not needed in Socket Mode"
    )
    slack_app_token: SecretStr | None = Field(
        None, description="xapp-… with connections:write; switches Socket Mode on"
    )
    slack_client_id: str = Field("", description="to install in many Slack workspaces")
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"

    provider: ProviderName = Field("clickup", description="for people who have not chosen")

    clickup_token: SecretStr | None = Field(None, description="workspace-wide token; people may bring their own")
    clickup_workspace_id: str = ""
    clickup_api_url: str = "https://api.clickup.com/api/v2"
    clickup_client_id: str = Field("", description="people connect by OAuth; without it they paste a token into a form")
    clickup_client_secret: SecretStr | None = None

    clockify_api_key: SecretStr | None = Field(None, description="workspace-wide key; people may bring their own")
    clockify_workspace_id: str = ""
    clockify_api_url: str = "https://api.clockify.me/api/v1"

    hoursmith_token: SecretStr | None = Field(None, description="hsk_…, organisation-wide; people may bring their own")
    hoursmith_api_url: str = "https://hoursmith.app/api/v1"

    timer_quarantine_seconds: float = Field(
        90, ge=1, le=3600, description="how long a write without an answer waits before it is looked up"
    )

    holidays: str = Field(
        "", description="calendar files (.ics) of days off: days.ics, or by zone Europe/Berlin=de.ics, America=us.ics"
    )

    worker: Literal["inside", "apart"] = Field("inside", description="whether serve does what worker does, too")
    port: int = Field(3000, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        return url.rstrip("/") + "/"

    @field_validator("slack_api_url", "clickup_api_url", "clockify_api_url", "hoursmith_api_url")
    @classmethod
    def _keeps_tokens_private(cls, url: str) -> str:
        parts = urlsplit(url)
        if not parts.hostname or parts.username or parts.password:
            raise ValueError(f"{parts.hostname or url[:40]} is no address to send a token to. Write https://…")
        if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_machine(parts.hostname)):
            raise ValueError(
                f"a token would go to {parts.hostname} readable by anybody on the way. Write https://{parts.hostname}…"
            )
        return url

    @field_validator("provider")
    @classmethod
    def _known(cls, provider: str) -> str:
        from app.providers import SERVICES  # half a second, which settings for storage alone need not wait for

        if provider not in SERVICES:
            raise ValueError(f"{provider} is not a system this app speaks to. It knows: {', '.join(SERVICES)}")
        return provider

    def variable(self, name: str) -> Any:
        """What the environment variable of that name was set to, or its default; "" for no name at all."""
        return getattr(self, name.lower()) if name else ""

    @property
    def is_socket_mode(self) -> bool:
        return self.slack_app_token is not None


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Given(BaseSettings):
    """The variables that lean on each other, as they were written, so that what is missing is told with the rest."""

    model_config = _CONFIG

    slack_signing_secret: str = ""
    slack_app_token: str = ""
    clickup_token: str = ""
    clickup_workspace_id: str = ""
    clickup_client_id: str = ""
    clickup_client_secret: str = ""
    public_url: str = ""
    clockify_api_key: str = ""
    clockify_workspace_id: str = ""


def load_settings() -> Settings:
    """From the environment and `.env`. Raises `SettingsFaulty` with every fault."""
    missing = list(_missing(_Given()))
    try:
        settings = _load(Settings)
    except SettingsFaulty as faulty:
        raise SettingsFaulty([*faulty.sentences, *missing]) from None
    if missing:
        raise SettingsFaulty(missing)
    return settings


def load_database_settings() -> DatabaseSettings:
    return _load(DatabaseSettings)


def load_storage_settings() -> StorageSettings:
    return _load(StorageSettings)


def load_manifest_settings() -> ManifestSettings:
    return _load(ManifestSettings)


def _load(kind: type[S]) -> S:
    try:
        return kind()
    except ValidationError as error:
        raise SettingsFaulty(
            [_sentence(str(fault["loc"][0]), fault["type"], fault["msg"]) for fault in error.errors()]
        ) from None


def _missing(given: _Given) -> Iterator[str]:
    if not given.slack_app_token and not given.slack_signing_secret:
        yield "SLACK_SIGNING_SECRET is missing. Without it nobody can tell Slack from a forger; or set SLACK_APP_TOKEN for Socket Mode."
    if given.clickup_token and not given.clickup_workspace_id:
        yield "CLICKUP_WORKSPACE_ID is missing. It is the number in ClickUp's address, and CLICKUP_TOKEN speaks in that workspace only."
    if given.clockify_api_key and not given.clockify_workspace_id:
        yield "CLOCKIFY_WORKSPACE_ID is missing. It is in the address of Clockify's settings, and CLOCKIFY_API_KEY speaks there only."
    if given.clickup_client_id and not given.clickup_client_secret:
        yield "CLICKUP_CLIENT_SECRET is missing. It stands beside CLICKUP_CLIENT_ID in ClickUp's settings, under Apps."
    if given.clickup_client_id and not given.public_url:
        yield "PUBLIC_URL is missing. ClickUp sends people back to it when they have signed in (CLICKUP_CLIENT_ID is set)."


def _sentence(variable: str, kind: str, message: str) -> str:
    about = Settings.model_fields[variable].description if variable in Settings.model_fields else ""
    if kind == "missing":
        return f"{variable.upper()} is missing" + (f": {about}." if about else ".")
    return f"{variable.upper()}: {message.removeprefix('Value error, ')}."
