import subprocess

import pytest


def joined(text):
    """Take the mark out that keeps the samples below from being finds themselves: this file is held to the rule too."""
    return text.replace("|", "")


MACHINE = joined("/ro|ot/exports")


@pytest.fixture
def hygiene(tool):
    return tool("hygiene")


@pytest.fixture
def checkout(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("/out/\n")
    return tmp_path


def add(checkout, name, content):
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    subprocess.run(["git", "add", "-f", name], cwd=checkout, check=True)


def test_a_planted_path_is_named_with_its_file_and_line(hygiene, checkout, capsys):
    add(checkout, "docs/cron.md", f"Every night:\n\n    caseaudit run {MACHINE}\n")
    assert hygiene.main(checkout) == 1
    assert capsys.readouterr().out.startswith("docs/cron.md:3: /ro")


def test_a_clean_checkout_passes_without_a_word(hygiene, checkout, capsys):
    add(checkout, "README.md", "Put the exports in exports/ and run `caseaudit run exports`.\n")
    assert hygiene.main(checkout) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "text",
    [
        "/wo|rk/main/x",
        "/ho|me/asmith/x",
        "/Us|ers/asmith",
        "C:\\Us|ers\\asmith",
        "https://files.python|hosted.org/packages/x.whl",
        "https://py|pi.org/simple",
        "--extra-in|dex-url x",
        "https://mirror.lo|cal/simple",
        "nobody@host.int|ernal",
        "10.|1.2.3",
        "192.|168.0.1",
    ],
)
def test_each_kind_of_machine_text_is_found(hygiene, checkout, text):
    add(checkout, "notes.md", f"see {joined(text)} there")
    assert hygiene.main(checkout) == 1


@pytest.mark.parametrize(
    "text",
    [
        "/home/you/exports",
        "~/exports",
        "src/work/notes",
        "social/work/team",
        "audience.internal",
        "threading.local()",
        "polars 2.1.10.3",
        "/opt/homebrew/lib",
        "someone@trust.example",
    ],
)
def test_text_that_only_looks_like_it_passes(hygiene, checkout, text):
    add(checkout, "notes.md", f"see {text} there")
    assert hygiene.main(checkout) == 0


def test_files_in_other_encodings_are_read_and_binary_ones_left_out(hygiene, checkout):
    add(checkout, "workbook.xlsx", b"PK\0\0" + MACHINE.encode())
    assert hygiene.main(checkout) == 0
    add(checkout, "export.csv", "Prüfung;".encode("cp1252") + MACHINE.encode())
    assert hygiene.main(checkout) == 1


def test_a_new_file_counts_before_it_is_added_and_an_ignored_one_never(hygiene, checkout):
    (checkout / "out").mkdir()
    (checkout / "out" / "log.txt").write_text(MACHINE)
    assert hygiene.main(checkout) == 0
    (checkout / "new.txt").write_text(MACHINE)
    assert hygiene.main(checkout) == 1


def test_a_folder_without_git_is_an_error_not_a_pass(hygiene, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert hygiene.main(tmp_path) == 2
