import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def locks(home):
    return {path.stem: path.read_text() for path in (home / "requirements").glob("*.lock")}


def pins(text):
    return set(PIN.findall(text))


def test_the_dev_lock_holds_the_versions_of_the_others(locks):
    assert pins(locks["run"])
    assert pins(locks["build"])
    assert pins(locks["run"]) | pins(locks["build"]) <= pins(locks["dev"])


def test_every_pin_has_a_hash(locks):
    for text in locks.values():
        for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_every_dependency_of_the_program_is_pinned_to_a_version_it_allows(locks, home):
    declared = tomllib.loads((home / "pyproject.toml").read_text())["project"]["dependencies"]
    pinned = dict(pins(locks["run"]))
    for text in declared:
        requirement = Requirement(text)
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), text
