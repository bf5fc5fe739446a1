"""What the setup says and does on machines that lack something: stand-in commands on an otherwise empty PATH."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASICS = ["bash", "cat", "chmod", "cksum", "dirname", "find", "mkdir", "rm", "tail"]


class Machine:
    """A checkout without locks, and the commands the machine has."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.bin = folder / "bin"
        self.checkout = folder / "a checkout"
        self.bin.mkdir()
        for part in ("requirements", "tools"):
            (self.checkout / part).mkdir(parents=True)
        for name in ("build", "run", "dev"):
            (self.checkout / "requirements" / f"{name}.lock").touch()
        (self.checkout / "pyproject.toml").touch()
        (self.checkout / "tools" / "pdf_needs.py").touch()
        shutil.copy(home / "tools" / "setup.sh", self.checkout / "tools")
        for name in BASICS:
            (self.bin / name).symlink_to(shutil.which(name))
        self.has("id", "echo 1000")

    def has(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f"#!{shutil.which('bash')}\n{script}\n")
        path.chmod(0o755)

    def has_python(self, name: str, *, version: str = "3.12", venv: bool = True) -> None:
        """Give it a stand-in Python: it answers the setup's questions, and its pip installs nothing."""
        new_enough = tuple(map(int, version.split("."))) >= (3, 11)
        self.has(
            name,
            f"""
            case "$*" in
            *ensurepip*) {"exit 0" if venv else '[ -e "${0%/*}/venv_package" ]'} ;;
            *'sys.exit(sys.version_info'*) exit {0 if new_enough else 1} ;;
            *'print('*) echo {version} ;;
            "-m venv "*)
                echo {name} >>made
                mkdir -p .venv/bin; cat "$0" >.venv/bin/python; chmod +x .venv/bin/python ;;
            *" install "*)
                [ ! -e disk_full ] || {{ echo No space left on device; exit 1; }}
                echo "$*" >>installed
                echo "${{PIP_TARGET-}}${{PIP_USER-}}${{PYTHONPATH-}}" >>settings_seen ;;
            esac
            """,
        )

    def set_up(self, what: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.bin / "bash", "tools/setup.sh", what],
            cwd=self.checkout,
            env={"PATH": str(self.bin), "HOME": str(self.checkout)} | environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def times(self, name: str) -> int:
        path = self.checkout / name
        return len(path.read_text().splitlines()) if path.exists() else 0


@pytest.fixture
def machine(tmp_path, home):
    return Machine(tmp_path, home)


def test_no_python_at_all_is_one_sentence(machine):
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr.startswith("Setup stopped: Python 3.11 or newer is needed and none was found.")
    assert len(done.stderr.splitlines()) == 1


def test_an_old_python_is_none(machine):
    machine.has_python("python3", version="3.10")
    assert "none was found" in machine.set_up().stderr


def test_a_newer_python_beside_an_old_python3_is_taken(machine):
    machine.has_python("python3", version="3.9")
    machine.has_python("python3.11", version="3.11")
    assert machine.set_up().returncode == 0
    assert (machine.checkout / "made").read_text() == "python3.11\n"


def test_a_python_that_can_make_environments_comes_before_one_that_cannot(machine):
    machine.has_python("python3", version="3.12", venv=False)
    machine.has_python("python3.11", version="3.11")
    assert machine.set_up().returncode == 0
    assert (machine.checkout / "made").read_text() == "python3.11\n"


def test_a_missing_venv_package_is_named_where_it_may_not_be_installed(machine):
    machine.has_python("python3", version="3.12", venv=False)
    machine.has("apt-get", "touch asked")
    done = machine.set_up()
    assert done.returncode == 1
    assert "apt-get install python3.12-venv" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (machine.checkout / "asked").exists()


def test_root_with_apt_installs_the_venv_package_unasked(machine):
    machine.has("id", "echo 0")
    machine.has_python("python3", version="3.12", venv=False)
    machine.has("apt-get", f'case "$*" in *"install python3.12-venv") : >{machine.bin}/venv_package ;; esac')
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    assert "Installing python3.12-venv" in done.stdout
    assert machine.times("made") == 1


def test_root_without_a_way_to_the_packages_reads_one_sentence(machine):
    machine.has("id", "echo 0")
    machine.has_python("python3", version="3.12", venv=False)
    machine.has("apt-get", "echo no network; exit 100")
    done = machine.set_up()
    assert done.returncode == 1
    assert "python3.12-venv could not be installed with apt-get; details in .venv/setup.log" in done.stderr
    assert "no network" in (machine.checkout / ".venv" / "setup.log").read_text()


def test_missing_libraries_for_the_pdf_do_not_stop_the_setup(machine):
    machine.has("id", "echo 0")
    machine.has_python("python3")
    machine.has("dpkg-query", "exit 1")
    machine.has("apt-cache", "exit 0")
    machine.has("apt-get", "exit 100")
    done = machine.set_up()
    assert done.returncode == 0
    assert "Installing for PDF reports: libpango-1.0-0" in done.stdout


def test_the_tests_get_a_browser_and_the_demo_needs_none(machine):
    machine.has("id", "echo 0")
    machine.has_python("python3")
    machine.has("apt-get", f'case "$*" in *chromium*) echo "$*" >>"{machine.checkout}/asked" ;; esac')
    assert machine.set_up("run").returncode == 0
    assert machine.times("asked") == 0
    done = machine.set_up("dev")
    assert done.returncode == 0
    assert "Installing for the browser tests: chromium-headless-shell" in done.stdout
    assert machine.times("asked") == 1


def test_a_browser_that_is_there_is_used(machine):
    machine.has("id", "echo 0")
    machine.has_python("python3")
    machine.has("apt-get", "exit 100")
    machine.has("chromium", "exit 0")
    done = machine.set_up("dev")
    assert done.returncode == 0
    assert "browser" not in done.stdout


def test_a_browser_that_cannot_be_had_does_not_stop_the_setup(machine):
    machine.has("id", "echo 0")
    machine.has_python("python3")
    machine.has("apt-get", "exit 100")
    assert machine.set_up("dev").returncode == 0


def test_a_second_setup_does_nothing_until_a_lock_changes(machine):
    machine.has_python("python3")
    assert machine.set_up().returncode == 0
    installed = machine.times("installed")
    assert machine.set_up().stdout == ""
    assert machine.times("installed") == installed
    (machine.checkout / "requirements" / "run.lock").write_text("# changed\n")
    assert "Bringing .venv up to date" in machine.set_up().stdout
    assert machine.times("installed") > installed
    assert machine.times("made") == 1


def test_what_serves_the_tests_serves_the_demo_and_not_the_other_way_round(machine):
    machine.has_python("python3")
    machine.set_up("run")
    assert "up to date" in machine.set_up("dev").stdout
    assert machine.set_up("run").stdout == ""


def test_a_moved_checkout_is_set_up_anew(machine):
    machine.has_python("python3")
    machine.set_up()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("elsewhere"))
    assert "Setting up in .venv" in machine.set_up().stdout
    assert machine.times("made") == 2


def test_an_environment_whose_python_has_gone_is_set_up_anew(machine):
    machine.has_python("python3")
    machine.set_up()
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    assert machine.set_up().returncode == 0
    assert machine.times("made") == 2


def test_a_failed_installation_is_one_sentence_and_not_taken_for_done(machine):
    machine.has_python("python3")
    (machine.checkout / "disk_full").touch()
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr == "Setup stopped: the disk is full; details in .venv/setup.log\n"
    assert machine.set_up().returncode == 1


def test_settings_of_another_environment_do_not_reach_pip(machine):
    machine.has_python("python3")
    assert machine.set_up(PIP_TARGET="/elsewhere", PYTHONPATH="/elsewhere", PIP_USER="1").returncode == 0
    assert (machine.checkout / "settings_seen").read_text().strip() == ""


def test_an_unwritable_folder_is_one_sentence(machine):
    if os.geteuid() == 0:
        (machine.checkout / ".venv").touch()  # root may write anywhere, so a file stands in the way
    else:
        machine.checkout.chmod(0o500)
    machine.has_python("python3")
    done = machine.set_up()
    assert done.returncode == 1
    assert "this folder cannot be written to" in done.stderr


def test_a_machine_without_fonts_is_told_what_to_install(home, tmp_path, tool):
    if tool("pdf_needs").count_fonts() is None:
        pytest.skip("fontconfig is not here or goes by another name")
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    # In a process of its own, for fontconfig reads its settings once.
    done = subprocess.run(
        [sys.executable, home / "tools" / "pdf_needs.py"],
        env=os.environ | {"FONTCONFIG_FILE": str(settings)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "no font is installed. Debian, Ubuntu: apt-get install fonts-dejavu-core" in done.stdout
