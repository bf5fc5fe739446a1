import pytest
import typer


@pytest.fixture
def docs(tool, tmp_path, monkeypatch):
    module = tool("docs")
    monkeypatch.setattr(module, "HOME", tmp_path)
    monkeypatch.setattr(module, "PAGES", {"one.md": lambda: "as it is now\n"})
    return module


@pytest.fixture
def app():
    app = typer.Typer(name="caseaudit")
    group = typer.Typer()
    app.add_typer(group, name="sample")
    app.command("run")(lambda: None)
    app.command("secret", hidden=True)(lambda: None)
    group.command("plan")(lambda: None)
    group.command("draw")(lambda: None)
    return app


@pytest.mark.parametrize("before", [None, "as it was\n"])
def test_a_missing_or_changed_page_is_named_and_left_alone(docs, tmp_path, capsys, before):
    page = tmp_path / "one.md"
    if before:
        page.write_text(before)
    assert docs.main(["--check"]) == 1
    assert "out of date: one.md" in capsys.readouterr().out
    assert (page.read_text() if page.exists() else None) == before


def test_what_was_written_is_up_to_date(docs, tmp_path, capsys):
    assert docs.main([]) == 0
    assert (tmp_path / "one.md").read_text() == "as it is now\n"
    assert docs.main(["--check"]) == 0
    assert docs.main([]) == 0
    assert capsys.readouterr().out == "wrote one.md\n"


def test_every_command_has_its_help_and_hidden_ones_have_none(docs, app):
    paths = {" ".join(words) for words in docs.paths_of(typer.main.get_command(app))}
    assert paths == {"run", "sample", "sample plan", "sample draw"}
    assert "Usage: caseaudit sample plan" in docs.help_text(app, ["sample", "plan"])


def test_help_that_fails_stops_the_writing(docs, app):
    with pytest.raises(SystemExit, match="caseaudit nothing --help ended with 2"):
        docs.help_text(app, ["nothing"])


@pytest.mark.parametrize(("value", "text"), [(84, "84"), (("a", "b"), "a, b"), ([], "-"), ("a|b", "a\\|b")])
def test_limits_read_as_a_person_writes_them(docs, value, text):
    assert docs.value_text(value) == text
