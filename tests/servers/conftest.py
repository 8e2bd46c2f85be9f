"""What the tests against real servers may ask for. `make test-servers` installs it first.

For an adapter's author: `pds` is the address of a Bluesky PDS and `member` an account there, with
`handle`, `password` and what it has posted (`records()`); `mastodon` is a Mastodon server with
`TOKEN`, what it has posted (`texts()`) and one fault at a time (`fault()`); `wire(url)` loses the
answer to a request of your choice; `oracle` judges facets, records and syntax.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.bluesky import JWT_SECRET, Member, join
from tests.servers.launch import free_port, running
from tests.servers.mastodon import Mastodon
from tests.servers.oracle import Oracle

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("servers")


@pytest.fixture(scope="session")
def installed() -> Path:
    """Where install.sh put everything. Without it a test skips; in CI it fails."""
    folder = ROOT / "build" / "servers"
    if not (folder / "installed").is_file():
        missing = pytest.fail if os.environ.get("CAMPAIGN_CI") == "1" else pytest.skip
        missing("the servers are not installed: `make test-servers` does, and needs npm and g++")
    return folder


@pytest.fixture(scope="session")
def node(installed: Path) -> Path:
    return installed / "node" / "node_modules" / "node" / "bin" / "node"


@pytest.fixture(scope="session")
def oracle(installed: Path, node: Path) -> Iterator[Oracle]:
    opened = Oracle(node, installed)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pds(installed: Path, node: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the reference Bluesky PDS, empty, its rate limits on."""
    port, plc = free_port(), free_port()
    url, folder = f"http://localhost:{port}", tmp_path_factory.mktemp("pds")
    command: list[str | Path] = [
        node,
        HERE / "pds.mjs",
        installed,
        str(port),
        str(plc),
        folder,
        JWT_SECRET,
    ]
    with running(command, f"{url}/xrpc/_health", folder / "log"):
        yield url


@pytest.fixture
def member(pds: str, request: pytest.FixtureRequest) -> Member:
    """A Bluesky account of the test's own."""
    return join(pds, request.node.nodeid)


# mastodon_mock without the Date of its answers: the kill tests play in another year.
WITHOUT_DATE = """
import functools, sys, uvicorn
from mastodon_mock.cli import main
uvicorn.run = functools.partial(uvicorn.run, date_header=False)
sys.exit(main())
"""


@pytest.fixture(scope="session")
def mastodon_server(
    installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mastodon]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command: list[str | Path] = [
        installed / "mastodon" / "bin" / "python",
        *("-c", WITHOUT_DATE),
        *("serve", "--in-memory", "--host", "127.0.0.1", "--port", str(port)),
        *("--domain", "social.example"),
        *("--log-level", "warning"),
    ]
    log = tmp_path_factory.mktemp("mastodon") / "log"
    with running(command, f"{url}/api/v2/instance", log):
        yield Mastodon(url=url)


@pytest.fixture
def mastodon(mastodon_server: Mastodon) -> Mastodon:
    """mastodon_mock, empty."""
    mastodon_server.reset()
    return mastodon_server
