"""The [report] part of a settings file: what it says is taken, a slip is said, nothing is guessed."""

import os

import pytest
from drawn import DRAWING, raster

from caseaudit import starting
from caseaudit.branding import PLAIN, colours, settings, vision
from caseaudit.branding.colours import contrast, rules
from caseaudit.errors import UsageProblem


@pytest.fixture
def project(tmp_path):
    """A folder with a logo, templates, and a settings file to be written."""

    def write(text):
        (tmp_path / "logo.png").write_bytes(raster())
        (tmp_path / "logo.svg").write_text(DRAWING, encoding="utf-8")
        (tmp_path / "templates").mkdir(exist_ok=True)
        path = tmp_path / "caseaudit.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_no_settings_are_the_look_as_shipped():
    assert settings.load(None) == PLAIN


def test_everything_that_can_be_set(project):
    path = project("""
[report]
organisation = "Marsh & Fen"
logo = "logo.svg"
templates = "templates"
[report.colours]
headings = "#7A003C"
links_dark = "#ffccdd"
[report.sign_off]
prepared_by = "Sam Hill, quality lead"
signed_by = ["Ada Byron, clinical director", "Lee Park, chief executive"]
""")
    found = settings.load(path)
    assert (found.organisation, found.prepared_by) == ("Marsh & Fen", "Sam Hill, quality lead")
    assert found.signed_by == ("Ada Byron, clinical director", "Lee Park, chief executive")
    assert found.colours == {"headings": "#7a003c", "links_dark": "#ffccdd"}
    assert (found.logo.kind, found.logo.text) == ("svg+xml", "Logo of Marsh & Fen")
    assert found.logo.address.startswith("data:image/svg+xml;base64,")
    assert found.templates == path.parent / "templates"


def test_templates_named_on_the_command_line_win(project, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert settings.load(project('[report]\ntemplates = "templates"\n'), other).templates == other
    with pytest.raises(UsageProblem, match="--templates must name a folder"):
        settings.load(None, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[report", "is not valid TOML"),
        ("[reports]", "Did you mean 'report'?"),
        ('report = "x"', "write [report]"),
        ('[report]\norganization = "x"', "Did you mean 'organisation'?"),
        ("[report]\norganisation = 3", "'organisation' must be a text in quotes"),
        ('[report]\norganisation = "a\\nb"', "on one line"),
        ('[report]\norganisation = "a\\u202eb"', "on one line"),
        (f'[report]\norganisation = "{"x" * 121}"', "at most 120 letters"),
        ('[report]\nlogo = "nowhere.png"', "the logo is not there"),
        ('[report]\nlogo = "../logo.png"', "must lie beside"),
        ('[report]\nlogo = "/etc/passwd"', "must lie beside"),
        ('[report]\nlogo = "http://example.org/logo.png"', "the logo is not there"),
        ('[report]\nlogo = "caseaudit.toml"', "no PNG, JPEG or SVG"),
        ("[report]\nlogo = 3", "'logo' must be a name in quotes"),
        ('[report]\nlogo = "a\\u0000b"', "no name of a file"),
        ('[report]\ntemplates = "logo.png"', "must name a folder"),
        ('[report]\ntemplates = ".."', "must lie beside"),
        ('[report.colours]\nheading = "#000000"', "Did you mean 'headings'?"),
        ('[report.colours]\nheadings = "red"', "must be # and six digits"),
        ('[report.colours]\nheadings = "#12345"', "must be # and six digits"),
        ('[report.colours]\nheadings = "#123456; } body { display: none"', "must be # and six digits"),
        ('[report.colours]\nheadings = "#ffffff"', "too faint"),
        ('[report.colours]\nlinks_dark = "#12355b"', "Take a lighter one"),
        ('[report.colours]\ncharts = "#aaddff"', "a mark of a chart needs 3 to 1"),
        ('[report.colours]\ncharts = "#008000"\ncharts_unmet = "#cc0000"', "no green cones (deuteranopia)"),
        ('[report.colours]\ncharts = "#c65200"', "cannot be told apart"),
        ("[report.sign_off]\nsigned_by = 3", "must be a list"),
        ('[report.sign_off]\nsigned_by = ["a", "b", "c", "d", "e"]', "at most 4 names"),
        ("[report.sign_off]\nsigned_by = [3]", "'signed_by' must be a text"),
    ],
)
def test_a_slip_is_told_in_one_sentence_or_two(project, text, said):
    with pytest.raises(UsageProblem) as refused:
        settings.load(project(text))
    assert said in str(refused.value)
    assert "caseaudit.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_settings_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageProblem, match="no settings file"):
        settings.load(tmp_path / "caseaudit.toml")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "logo.png"
    outside.write_bytes(raster())
    path = project('[report]\nlogo = "linked.png"\n')
    (path.parent / "linked.png").symlink_to(outside)
    with pytest.raises(UsageProblem, match="must lie beside"):
        settings.load(path)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the textbook pair: just too faint
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")


def test_a_colour_is_judged_on_the_darker_of_its_grounds(project):
    assert settings.load(project('[report.colours]\nlinks = "#6b6b6b"\n')).colours
    with pytest.raises(UsageProblem, match=r"4\.\d\d to 1"):  # enough on white, too little on a panel
        settings.load(project('[report.colours]\nlinks = "#767676"\n'))


def test_colours_for_light_leave_the_dark_alone():
    sheet = rules({"headings": "#7a003c"})
    assert "@media print { :root { --navy: #7a003c; } }" in sheet
    assert "prefers-color-scheme: dark" not in sheet
    assert rules({}) == ""


def test_what_init_writes_is_a_settings_file_that_changes_nothing(tmp_path, project):
    starting.write_project(tmp_path / "project")
    written = tmp_path / "project" / "caseaudit.toml"
    assert settings.load(written) == PLAIN
    lines = [line.removeprefix("# ").removeprefix("#") for line in written.read_text("utf-8").splitlines()[3:]]
    path = project("\n".join(lines))
    found = settings.load(path)
    assert found.logo is not None
    assert len(found.colours) == 6
    assert len(found.signed_by) == 2


def test_the_files_of_a_look_are_named_below_their_folder_and_nothing_outside_it_is(project, tmp_path_factory):
    path = project('[report]\ntemplates = "templates"\n')
    folder = path.parent / "templates"
    (folder / "partials").mkdir()
    (folder / "partials" / "pieces.html.j2").write_text("x")
    (folder / "notes.txt").write_text("no template")
    outside = tmp_path_factory.mktemp("outside") / "other.j2"
    outside.write_text("y")
    (folder / "linked.j2").symlink_to(outside)
    found = [(file.role, file.file) for file in settings.load(path).files]
    assert ("settings", "caseaudit.toml") in found
    assert ("template", "partials/pieces.html.j2") in found
    assert not {"notes.txt", "linked.j2"} & {name for _, name in found}
    assert settings.load(None).files == ()


@pytest.mark.parametrize(
    ("charts", "unmet"), [("#005eb8", None), ("#7a003c", None), ("#330072", None), ("#0072b2", "#d55e00")]
)
def test_colours_of_charts_that_everybody_tells_apart_are_taken(project, charts, unmet):
    text = f'[report.colours]\ncharts = "{charts}"\n' + (f'charts_unmet = "{unmet}"\n' if unmet else "")
    found = settings.load(project(text)).colours
    assert found["charts"] == charts
    assert colours.chart_colours(found)["#0072b2"] == charts


def test_a_chart_on_a_dark_page_is_lighter_than_on_paper():
    (line,) = colours.rules({"charts": "#7a003c"}).splitlines()
    assert "prefers-color-scheme: dark" in line
    lighter = line.partition("fill: ")[2][:7]
    assert all(colours.contrast(lighter, ground) >= 4.5 for ground in ("#10151d", "#1a212c"))


def test_how_the_colour_blind_see_is_as_published():
    # A colour is at no distance from itself; red and green are near for who lacks green cones.
    assert vision.least_apart("#808080", "#808080")[0] == 0
    assert vision.least_apart("#000000", "#ffffff")[0] == pytest.approx(100, abs=0.5)
    near, reader = vision.least_apart("#008000", "#cc0000")
    assert near < 12
    assert "deuteranopia" in reader
    assert vision.least_apart("#0072b2", "#d55e00")[0] > 80


@pytest.mark.parametrize("light", [0.03, 0.25, 0.75])
def test_a_tint_or_shade_is_as_light_as_asked(light):
    assert vision.luminance(vision.mixed("#7a003c", light)) == pytest.approx(light, abs=0.005)
