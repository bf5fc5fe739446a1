import zipfile

import pytest

TRACKED = {
    "README.md",
    "checks/review_overdue.py",
    "report_templates/partials/head.html.j2",
    "sample_data/exports/cases.csv",
    "src/caseaudit/cli.py",
    "tests/test_cli.py",
}
CARRIED = {
    "caseaudit/checks/review_overdue.py",
    "caseaudit/report_templates/partials/head.html.j2",
    "caseaudit/sample_data/exports/cases.csv",
    "caseaudit/cli.py",
}


@pytest.fixture
def wheel_check(tool):
    return tool("wheel_check")


@pytest.fixture
def make_wheel(tmp_path):
    def make(names):
        path = tmp_path / "caseaudit-0-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name in [*names, "caseaudit-0.dist-info/METADATA"]:
                archive.writestr(name, "x")
        return path

    return make


def test_a_wheel_with_the_tracked_files_of_the_shipped_folders_passes(wheel_check, make_wheel):
    wheel_check.check_wheel(make_wheel(CARRIED), TRACKED)


@pytest.mark.parametrize("lost", sorted(CARRIED))
def test_a_wheel_without_one_of_them_fails_and_names_it(wheel_check, make_wheel, lost):
    with pytest.raises(wheel_check.WheelCheckError, match=lost):
        wheel_check.check_wheel(make_wheel(CARRIED - {lost}), TRACKED)


@pytest.mark.parametrize("extra", ["caseaudit/sample_data/out/secret.csv", "tests/test_cli.py"])
def test_a_wheel_with_a_file_that_is_not_to_be_shipped_fails(wheel_check, make_wheel, extra):
    with pytest.raises(wheel_check.WheelCheckError, match=extra):
        wheel_check.check_wheel(make_wheel({*CARRIED, extra}), TRACKED)


def test_a_shipped_folder_without_a_tracked_file_fails(wheel_check, make_wheel):
    tracked = TRACKED - {"sample_data/exports/cases.csv"}
    with pytest.raises(wheel_check.WheelCheckError, match="sample_data/ has no tracked file"):
        wheel_check.check_wheel(make_wheel(CARRIED), tracked)


def test_a_failing_command_shows_what_it_said(wheel_check, tmp_path):
    with pytest.raises(wheel_check.WheelCheckError, match=r"(?s)ended with 3.*no such export"):
        wheel_check.call("bash", "-c", "echo no such export; exit 3", cwd=tmp_path)
    assert wheel_check.call("bash", "-c", "echo ok; exit 1", cwd=tmp_path, accept=frozenset({0, 1})) == "ok\n"
