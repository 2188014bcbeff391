"""From settings, wherever they are written, to a connection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from attrs import asdict

from clm_bridge import ConfigError, Secret, connect, connect_async, hookimpl
from clm_bridge._config import COMMON, load_settings
from clm_bridge._hooks import Exchange, adapter_class, load, sandbox_class, vendors
from clm_bridge._limits import Rate
from clm_bridge._settings import read_file

CANARY = "canary-5ecret"

PLUGIN = """
from attrs import asdict, frozen
from clm_bridge import hookimpl
from clm_bridge.adapter import Adapter, ApiKey, Rate, Secret, setting

@frozen
class Config:
    key: Secret = setting("The key; an admin finds it under Settings.", secret=True)
    region: str = setting("Region.", default="eu", choices=("eu", "in"))
    tags: tuple[str, ...] = setting("Tags.", default=())
    more: tuple[str, ...] | None = setting("More tags.", default=None)
    size: int = setting("Size.", default=50)
    patience: float | None = setting("Patience.", default=None)
    strict: bool = setting("Strict.", default=False)
    base_url: str | None = setting("Another origin.", default=None)

class Paper(Adapter):
    name, title, Config, rate = "{name}", "Paper", Config, Rate(10)
    needs_timezone = {zoned}
    statuses = {{}}
    def __init__(self, config, workspace):
        super().__init__(workspace)
        self.config = config
        self.base_url = config.base_url or "https://paper.example/"
        self.auth = ApiKey({{"x-key": config.key}})

@hookimpl
def clm_bridge_adapter():
    return Paper
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return a function that installs a distribution with one plugin."""

    def installed(distribution, vendor, source):
        site = tmp_path / distribution
        told = site / f"{distribution}-1.0.dist-info"
        told.mkdir(parents=True)
        module = f"plugin_{distribution}"
        (site / f"{module}.py").write_text(source)
        (told / "METADATA").write_text(f"Name: {distribution}\nVersion: 1.0\n")
        (told / "entry_points.txt").write_text(f"[clm_bridge]\n{vendor} = {module}\n")
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, module, raising=False)

    return installed


@pytest.fixture
def paper(install, tmp_path, monkeypatch):
    """The vendor of these tests, and an empty folder to work in."""
    install("paper", "paper", PLUGIN.format(name="paper", zoned=False))
    install("zoned", "zoned", PLUGIN.format(name="zoned", zoned=True))
    empty = tmp_path / "work"
    empty.mkdir()
    monkeypatch.chdir(empty)
    return empty


def file(text, path="clm.toml"):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(dedent(text))
    return path


ACME = f"""
    default = "acme"
    [connections.acme]
    vendor = "paper"
    key = "{CANARY}"
"""


def settings(connection=None, *, environ=None, config=None, plugins=(), **arguments):
    return load_settings(
        connection,
        config=config,
        plugins=plugins,
        environ=environ or {},
        arguments=arguments,
    )


def own(*given, **told):
    """The adapter's own settings."""
    return settings(*given, **told).adapter.config


def fault(**told):
    """The error for wrong settings, which never shows a secret."""
    with pytest.raises(ConfigError) as caught:
        settings(**({"vendor": "paper", "key": CANARY} | told))
    assert CANARY not in str(caught.value)
    return str(caught.value)


pytestmark = pytest.mark.usefixtures("paper")


def test_arguments_need_no_file():
    """A vendor and its settings are enough."""
    found = settings(vendor="paper", key=CANARY)

    assert (found.vendor, found.connection) == ("paper", None)
    assert found.adapter.config.key == Secret(CANARY)


def test_the_working_folders_file_is_read():
    """clm.toml beside the program."""
    file(ACME)

    assert settings("acme").connection == "acme"


def test_the_users_own_file_is_read(tmp_path):
    """Where the system keeps users' settings."""
    file(ACME, tmp_path / "clm-bridge" / "clm.toml")

    assert settings(environ={"XDG_CONFIG_HOME": str(tmp_path)}).connection == "acme"


def test_the_working_folder_comes_before_the_users_own(tmp_path):
    """What is nearer counts more."""
    file(ACME, tmp_path / "clm-bridge" / "clm.toml")
    file(ACME.replace("acme", "near"))

    assert settings(environ={"XDG_CONFIG_HOME": str(tmp_path)}).connection == "near"


def test_a_file_that_the_environment_names_comes_before_both():
    """CLM_BRIDGE_CONFIG is meant."""
    file(ACME)
    named = file(ACME.replace("acme", "named"), "other.toml")

    assert settings(environ={"CLM_BRIDGE_CONFIG": named}).connection == "named"


def test_a_file_that_is_given_comes_before_all():
    """An argument is meant even more."""
    given = file(ACME.replace("acme", "given"), "given.toml")
    named = file(ACME.replace("acme", "named"), "other.toml")

    found = settings(config=given, environ={"CLM_BRIDGE_CONFIG": named})
    assert found.connection == "given"


@pytest.mark.parametrize(
    "told", [{"config": "gone.toml"}, {"environ": {"CLM_BRIDGE_CONFIG": "gone.toml"}}]
)
def test_a_file_that_was_named_must_be_there(told):
    """No other is read in its place."""
    file(ACME)

    with pytest.raises(ConfigError, match=r"there is no file gone\.toml"):
        settings("acme", **told)


def test_without_a_file_the_ways_to_go_are_said():
    """Three of them, and one needs nothing."""
    with pytest.raises(ConfigError, match=r"no configuration file.*clm-bridge demo"):
        settings("acme", environ={"XDG_CONFIG_HOME": "nowhere"})


def test_the_default_connection_is_used():
    """The file says which."""
    file(ACME + "\n    [connections.other]\n    vendor = 'paper'\n")

    assert settings().connection == "acme"


def test_a_single_connection_needs_no_default():
    """There is no doubt."""
    file("[connections.only]\nvendor = 'paper'\nkey = 'k'\n")

    assert settings().connection == "only"


def test_several_connections_need_a_default():
    """Or a name."""
    file("[connections.a]\n[connections.b]\n")

    with pytest.raises(ConfigError, match=r"names no default.*connections are: a, b"):
        settings()


def test_a_file_without_connections_says_so():
    """There is nothing that a default could name."""
    file("")

    with pytest.raises(ConfigError, match=r"holds no connection; write \[connections"):
        settings()


def test_an_unknown_connection_lists_those_that_are_known():
    """A slip of the keyboard is seen at once."""
    file(ACME)

    with pytest.raises(
        ConfigError, match=r"no connection 'acne'.*connections are: acme"
    ):
        settings("acne")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("default = ", "cannot be read"),
        ("colour = 'red'", "colour is not known"),
        ("connections = 3", "not a table of tables"),
        ("[connections]\nacme = 'paper'", "not a table of tables"),
    ],
)
def test_a_file_that_is_wrong_is_named(text, words):
    """The file, and what is wrong in it."""
    file(text)

    with pytest.raises(ConfigError, match=rf"clm\.toml.*{words}"):
        settings("acme")


def test_a_file_that_is_not_text_is_named():
    """Not every file is UTF-8."""
    Path("clm.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigError, match=r"clm\.toml cannot be read"):
        settings("acme")


def test_an_argument_counts_more_than_the_environment_and_that_more_than_the_file():
    """Key by key, and each setting says where it came from."""
    file(ACME + "    region = 'eu'\n    size = 1\n    strict = false\n")
    environ = {"CLM_BRIDGE__ACME__REGION": "in", "CLM_BRIDGE__ACME__SIZE": "2"}
    found = settings("acme", environ=environ, size=3)

    config = found.adapter.config
    assert (config.region, config.size, config.strict) == ("in", 3, False)
    assert found.origins["region"].where == "environment CLM_BRIDGE__ACME__REGION"
    assert found.origins["size"].where == "argument"
    assert found.origins["strict"].where == "clm.toml"


def test_a_vendors_own_variables_fill_what_nobody_set():
    """They count least, and only those that the vendor declares."""
    environ = {"PAPER_KEY": CANARY, "PAPER_REGION": "in", "PAPER_ROUTE": "66"}
    config = own(vendor="paper", region="eu", environ=environ)

    assert (config.key, config.region) == (Secret(CANARY), "eu")


def test_a_connections_name_may_have_a_dash():
    """Variables have none."""
    file("[connections.try-it]\nvendor = 'paper'\n")

    assert own("try-it", environ={"CLM_BRIDGE__TRY_IT__KEY": "k"}).key == Secret("k")


def test_an_argument_that_is_none_is_not_set():
    """Callers may pass on what they were given."""
    assert own(vendor="paper", key=CANARY, region=None).region == "eu"


def test_an_unknown_vendor_lists_those_that_are_installed():
    """And nothing of them is imported."""
    assert "vendor 'papper' is not installed" in fault(vendor="papper")
    assert "paper" in fault(vendor="papper").split("vendors are:")[1]


def test_a_missing_vendor_is_said():
    """The connection is named."""
    file("[connections.acme]\nkey = 'k'\n")

    with pytest.raises(ConfigError, match="acme: vendor is missing"):
        settings("acme")


@pytest.mark.parametrize("vendor", ["", 3])
def test_a_vendor_is_a_name(vendor):
    """Nothing else can be looked up."""
    assert "vendor is missing" in fault(vendor=vendor)


def test_a_missing_setting_says_where_to_find_it():
    """The adapter's own words are the next step."""
    with pytest.raises(ConfigError) as caught:
        settings(vendor="paper")

    assert str(caught.value) == (
        "the connection made from arguments: key is missing; set key (the key; an "
        "admin finds it under Settings) in the file or as an argument, or PAPER_KEY "
        "in the environment"
    )


def test_an_unknown_setting_lists_those_that_are_known():
    """With where it was written."""
    told = fault(regoin="eu")

    assert "regoin (argument) is not a setting of paper" in told
    assert all(key in told for key in (*COMMON, "region", "key"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"region": "us"}, "region is 'us'; it is one of eu, in"),
        ({"region": 7}, "region is neither text nor a reference"),
        ({"size": "many"}, "size is not a whole number"),
        ({"size": True}, "size is not a whole number"),
        ({"size": 1.5}, "size is not a whole number"),
        ({"size": []}, "size is not a whole number"),
        ({"patience": "long"}, "patience is not a number"),
        ({"patience": "nan"}, "patience is not a number"),
        ({"strict": "maybe"}, "strict is neither true nor false"),
        ({"tags": "a"}, "tags is not a list"),
        ({"more": 3}, "more is not a list"),
        ({"key": ""}, "key is empty"),
        ({"key": ["canary"]}, "key is neither text nor a reference"),
        ({"key": {"env": "A", "cmd": ["b"]}}, "key is neither text nor a reference"),
        ({"key": {"cmd": "echo"}}, "key is neither text nor a reference"),
        ({"key": {"env": "NOT_SET"}}, "environment variable NOT_SET, which is not set"),
        ({"key": {"cmd": ["no-such-program-here"]}}, "['no-such-program-here'] failed"),
        ({"key": {"cmd": ["false"]}}, "the command ['false'] failed"),
        ({"key": {"cmd": ["true"]}}, "key is empty"),
        ({"deadline": "soon"}, "deadline is not a number"),
        ({"max_attempts": 1.5}, "max_attempts is not a whole number"),
        ({"keep_raw": "perhaps"}, "keep_raw is neither true nor false"),
        ({"sandbox": "maybe"}, "sandbox is neither true nor false"),
        ({"sandbox": True}, "the plugin 'paper' has no sandbox"),
        ({"timezone": "Mars/Olympus"}, "timezone 'Mars/Olympus' is not known here"),
        ({"timezone": "Europe"}, "timezone 'Europe' is not known here"),
        ({"timezone": "../Paris"}, "timezone '../Paris' is not known here"),
        ({"rate_limit": "fast"}, "rate_limit is not a whole number"),
        ({"rate_limit": 0.5}, "rate_limit is not a whole number"),
        ({"rate_limit": {"calls": 0, "seconds": 1}}, "rate_limit allows no call"),
        ({"rate_limit": {"calls": 1, "seconds": 0}}, "rate_limit allows no call"),
        ({"rate_limit": {"calls": 1}}, "rate_limit is not a whole number"),
        ({"key_dates": 3}, "key_dates is not a table of field ids"),
        ({"key_dates": {"created_at": "f"}}, "key_dates.created_at is not known"),
        (
            {"key_dates": {"expires_on": 3}},
            "key_dates.expires_on does not name a field",
        ),
        (
            {"key_dates": {"expires_on": {}}},
            "key_dates.expires_on does not name a field",
        ),
        ({"term": {"length": {"field": "f", "unit": "eons"}}}, "does not name a field"),
        ({"term": {"color": "f"}}, "term.color is not known"),
        ({"value": {"sum": "f"}}, "value.sum is not known"),
        ({"base_url": "http://paper.example"}, "base_url is not https"),
        ({"base_url": "http://127.0.0.1.evil.example:80"}, "base_url is not https"),
        ({"base_url": "http://localhost:x@evil.example/"}, "base_url is not https"),
        ({"base_url": "ftp://127.0.0.1"}, "is not the address of a server"),
        ({"base_url": "paper.example"}, "is not the address of a server"),
        ({"base_url": "https://"}, "is not the address of a server"),
        ({"base_url": "https://a:port"}, "is not the address of a server"),
        ({"base_url": "https://[::1"}, "is not the address of a server"),
    ],
    ids=lambda given: None if isinstance(given, str) else ascii(given)[:60],
)
def test_a_wrong_setting_is_named(told, words):
    """One clear error: the connection and the key, and never a secret."""
    message = fault(**told)

    assert words in message
    assert message.startswith("the connection made from arguments: ")


@pytest.mark.parametrize(
    ("key", "told", "value"),
    [
        ("key", Secret("k"), Secret("k")),
        ("key", "k", Secret("k")),
        ("key", {"cmd": ["echo", "k"]}, Secret("k")),
        ("key", {"env": "SET"}, Secret("from outside")),
        ("region", {"env": "REGION"}, "in"),
        ("tags", ["a", "b"], ("a", "b")),
        ("more", ("a",), ("a",)),
        ("size", "7", 7),
        ("size", 7, 7),
        ("patience", "1.5", 1.5),
        ("patience", 2, 2.0),
        ("strict", "TRUE", True),
        ("strict", True, True),
        ("strict", "false", False),
    ],
)
def test_a_setting_is_read_as_its_type(key, told, value):
    """From TOML, from text, or from a reference."""
    given = {"vendor": "paper", "key": CANARY} | {key: told}
    environ = {"SET": "from outside", "REGION": "in"}

    assert getattr(own(**given, environ=environ), key) == value


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example",
        "https://paper.example:8443",
        "http://127.0.0.1:8101",
        "http://localhost:8101",
        "http://localhost",
        "http://[::1]:8101",
    ],
)
def test_plain_http_is_for_loopback(url):
    """A sandbox on this machine needs no certificate."""
    found = settings(vendor="paper", key="k", base_url=url)

    assert found.adapter.base_url == url


@pytest.mark.parametrize(
    ("told", "rate"),
    [
        ({}, Rate(10)),
        ({"rate_limit": 5}, Rate(5)),
        ({"rate_limit": "5"}, Rate(5)),
        ({"rate_limit": 0}, None),
        ({"rate_limit": {"calls": 40, "seconds": 60}}, Rate(40, 60.0)),
    ],
)
def test_a_rate_limit_is_a_number_or_a_table(told, rate):
    """Nothing said, the vendor's own limit is kept."""
    assert settings(vendor="paper", key="k", **told).rate == rate


def test_the_common_settings_reach_the_workspace():
    """Zone, tables, raw, and how long to try."""
    found = settings(
        vendor="paper",
        key="k",
        timezone="Asia/Kolkata",
        keep_raw="false",
        deadline="5",
        max_attempts=1,
        links="~/links.db",
        key_dates={"expires_on": "end"},
        term={"length": {"field": "len", "unit": "months"}},
        value={"amount": "price"},
    )
    workspace = found.adapter.workspace

    assert str(workspace.zone) == "Asia/Kolkata"
    assert not workspace.keep_raw
    assert workspace.key_dates["expires_on"].field == "end"
    assert workspace.term["length"].unit == "months"
    assert workspace.value["amount"].field == "price"
    assert (found.options.deadline, found.options.max_attempts) == (5.0, 1)
    assert found.links == Path.home() / "links.db"


def test_a_vendor_that_stores_days_as_instants_needs_a_zone():
    """A day is cut somewhere, and only the user knows where."""
    assert "timezone is missing; Paper stores days" in fault(vendor="zoned")
    assert settings(vendor="zoned", key="k", timezone="UTC").vendor == "zoned"


class Keyring:
    """A keyring that knows one password."""

    @staticmethod
    def get_password(service, user):
        return CANARY if (service, user) == ("clm", "me") else None


def test_a_secret_may_be_in_a_keyring(monkeypatch):
    """It is fetched when the connection is opened."""
    monkeypatch.setitem(sys.modules, "keyring", Keyring)
    where = {"keyring": "clm", "user": "me"}

    assert own(vendor="paper", key=where).key == Secret(CANARY)
    assert "the keyring has no 'clm' for 'you'" in fault(key=where | {"user": "you"})


def test_a_keyring_that_is_not_installed_is_said(monkeypatch):
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    told = fault(key={"keyring": "clm", "user": "me"})

    assert "the package keyring is not installed; pip install keyring" in told


def test_a_commands_output_is_not_shown():
    """Not even when it fails."""
    script = f"import sys; print('{CANARY}'); sys.exit(1)"

    assert "failed: CalledProcessError" in fault(
        key={"cmd": [sys.executable, "-c", script]}
    )


@pytest.mark.parametrize("odd", ["päss", "hush\nhush", "“hush”"])
def test_a_secret_must_fit_a_header(odd):
    """What cannot be sent is refused before it is tried, and is not shown."""
    told = fault(key=odd)

    assert "key holds a character that cannot be sent in a header" in told
    assert odd not in told


def test_settings_show_no_secret():
    """In a repr, wherever it ends up."""
    found = settings(vendor="paper", key=CANARY)

    assert CANARY not in repr(found.adapter.config)


@pytest.mark.parametrize("where", ["argument", "environment", "file"])
def test_settings_show_no_secret_wherever_it_was_written(where):
    """Where a setting came from is kept, and what it was is not shown."""
    file(ACME)
    found = {
        "argument": lambda: settings(vendor="paper", key=CANARY),
        "environment": lambda: settings(vendor="paper", environ={"PAPER_KEY": CANARY}),
        "file": settings,
    }[where]()

    assert CANARY not in repr(found)
    assert where in repr(found.origins["key"]) or where == "file"


def test_a_file_that_was_read_shows_no_secret():
    """What it holds is not checked yet, so any of it may be one."""
    assert CANARY not in repr(read_file(Path(file(ACME))))


def test_our_vendors_are_installed_like_any_other():
    """Names come from entry points."""
    assert {"coupa", "paper", "spotdraft", "tomorro", "zoned"} <= set(vendors())


def test_a_broken_neighbour_harms_nobody(install):
    """Only the vendor that is asked for is imported."""
    install("broken", "broken", "raise RuntimeError('canary-5ecret')")

    assert settings(vendor="paper", key="k").vendor == "paper"
    assert "plugin 'broken' of broken cannot be imported: RuntimeError" in fault(
        vendor="broken"
    )


def test_a_name_that_two_distributions_claim_is_an_error(install):
    """Both are named; neither wins by chance."""
    install("other", "paper", PLUGIN.format(name="paper", zoned=False))

    assert "'paper' is claimed by other and paper; uninstall one" in fault()


def test_a_plugin_without_an_adapter_is_an_error(install):
    """With what it should do."""
    install("hollow", "hollow", "")

    assert "the plugin 'hollow' has no adapter; it must implement" in fault(
        vendor="hollow"
    )


ODD = "from clm_bridge import hookimpl\n@hookimpl\ndef {name}({given}): pass\n"


@pytest.mark.parametrize(
    ("name", "given"), [("clm_bridge_unheard_of", ""), ("clm_bridge_adapter", "x")]
)
def test_a_plugin_that_does_not_fit_is_an_error(install, name, given):
    """A hook of another version, or with other arguments."""
    install("odd", "odd", ODD.format(name=name, given=given))

    assert "a plugin does not fit" in fault(vendor="odd")


class Elsewhere:
    """A plugin object that a user passes in."""

    def __init__(self):
        self.seen = []

    @hookimpl
    def clm_bridge_exchange(self, exchange):
        self.seen.append(exchange)


def test_plugins_may_be_passed_in():
    """An observer needs no distribution of its own."""
    observer = Elsewhere()
    found = settings(vendor="paper", key="k", plugins=[observer])
    shown = Exchange("paper", None, "check", "GET", "me", 200, 0.1, 1)
    found.manager.hook.clm_bridge_exchange(exchange=shown)

    assert observer.seen == [shown]


def test_a_sandbox_that_cannot_be_imported_says_what_to_install(install):
    """It needs the extra."""
    install(
        "bare",
        "bare",
        "from clm_bridge import hookimpl\n@hookimpl\n"
        "def clm_bridge_sandbox():\n    import no_such_module_here\n",
    )

    with pytest.raises(ConfigError, match=r"pip install 'clm-bridge\[sandbox\]'"):
        sandbox_class(load("bare"), "bare")


class Running:
    """A sandbox that runs already."""

    app = None

    def settings(self):
        return {"key": CANARY, "base_url": "https://sandbox.example"}


SANDBOXED = (
    PLUGIN.replace("{{", "{").replace("}}", "}")
    + """
@hookimpl
def clm_bridge_sandbox():
    from flask import Flask
    from clm_bridge.sandbox import Sandbox

    class Made(Sandbox):
        vendor, origin, assumptions = "made", "https://made.example", {}
        def __init__(self, deals, clock, *, switches):
            self.app, self.switches = Flask("made"), switches
        def settings(self):
            return {"key": "made", "base_url": self.origin}
        def reset(self):
            pass

    return Made
"""
)


def test_a_running_sandbox_brings_its_own_settings():
    """An argument still counts more."""
    found = settings(vendor="paper", sandbox=Running(), region="in")

    assert found.adapter.base_url == "https://sandbox.example"
    assert found.adapter.config.key == Secret(CANARY)
    assert (found.adapter.config.region, found.rate) == ("in", None)


@pytest.mark.parametrize("told", [True, "true"])
def test_a_sandbox_is_started_where_the_settings_say_so(install, told):
    """It needs no account, and keeps no limit."""
    source = SANDBOXED.replace("{name}", "made").replace("{zoned}", "False")
    install("made", "made", source)
    found = settings(vendor="made", sandbox=told)

    assert found.adapter.base_url == "https://made.example"
    assert found.sandbox.switches == {"rate_limit": False}
    assert found.rate is None


def test_a_sandbox_that_is_off_is_not_started():
    """false is a setting like any other."""
    assert settings(vendor="paper", key="k", sandbox=False).sandbox is None


def test_a_distribution_that_is_found_twice_is_one(install, tmp_path, monkeypatch):
    """An editable install may be seen by two paths."""
    install("twice", "twice", PLUGIN.format(name="twice", zoned=False))
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "twice-1.0.dist-info").symlink_to(
        tmp_path / "twice" / "twice-1.0.dist-info"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "again"))

    assert settings(vendor="twice", key="k").vendor == "twice"


def test_our_vendors_have_an_adapter_each():
    """Each under its own name."""
    for vendor in ("coupa", "spotdraft", "tomorro"):
        assert adapter_class(load(vendor), vendor).name == vendor


@pytest.mark.parametrize("door", [connect, connect_async])
def test_both_doors_read_the_same_settings(door):
    """And keep them where they can be asked for."""
    file(ACME)
    bridge = door("acme", region="in")

    assert bridge.settings.adapter.config.region == "in"


@pytest.mark.parametrize("door", [connect, connect_async])
def test_both_doors_raise_the_same_errors(door):
    """Before anything is opened."""
    with pytest.raises(ConfigError, match="key is missing"):
        door(vendor="paper")


def test_a_failed_connection_prints_no_secret(tmp_path):
    """A traceback of the whole program shows none either."""
    file(ACME + "    regoin = 'eu'\n")
    program = "import clm_bridge; clm_bridge.connect('acme')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path / "paper"), "PATH": "", "NO_COLOR": "1"},
        check=False,
    )

    assert "ConfigError: acme: regoin (clm.toml) is not a setting" in done.stderr
    assert CANARY not in done.stdout + done.stderr


def test_all_missing_settings_are_named_at_once():
    """Nobody meets them one by one."""
    with pytest.raises(ConfigError) as caught:
        settings(vendor="coupa", timezone="UTC")

    assert "client_id and client_secret are missing" in str(caught.value)
    assert "COUPA_CLIENT_ID and COUPA_CLIENT_SECRET" in str(caught.value)


def test_settings_do_not_hold_a_secret_in_the_open():
    """Not even for who turns them into a dictionary."""
    found = settings(vendor="paper", key=CANARY)

    assert CANARY not in repr(asdict(found.origins["key"]))
