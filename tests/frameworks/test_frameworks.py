from dataclasses import dataclass

import pytest

from caseaudit import frameworks
from caseaudit.errors import UsageProblem


@dataclass
class Made:
    code: str


def test_the_commissioner_asks_twelve_questions():
    found = frameworks.load()
    assert [clause.number for clause in found.clauses] == [str(number) for number in range(1, 13)]
    assert all(clause.text.endswith("?") and clause.checks for clause in found.clauses)


def test_every_check_of_the_catalogue_bears_on_a_question():
    from caseaudit.catalogue import load_catalogue

    assert {check.code for check in load_catalogue()} <= frameworks.load().codes


@pytest.mark.parametrize("name", frameworks.names())
def test_every_framework_maps_checks_there_are(name):
    from caseaudit.catalogue import load_catalogue

    assert frameworks.load(name, load_catalogue()).name == name


def test_a_mapping_to_a_check_that_does_not_exist_is_refused():
    with pytest.raises(UsageProblem, match=r"commissioner\.toml maps .*, which is no check there is"):
        frameworks.load("commissioner", [Made("REV01")])


def test_an_unknown_framework_is_answered_with_those_there_are():
    with pytest.raises(UsageProblem, match="Did you mean commissioner"):
        frameworks.load("comissioner")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "not usable"),
        ('title = "x"\nsource = "y"\n[[clause]]\nnumber = "1"\n', "not usable"),
        (
            'title="x"\nsource="y"\n' + '[[clause]]\nnumber="1"\ntitle="t"\ntext="t"\nchecks=[]\n' * 2,
            "the clause 1 twice",
        ),
    ],
)
def test_a_faulty_file_is_named(tmp_path, monkeypatch, text, message):
    (tmp_path / "own.toml").write_text(text)
    monkeypatch.setattr(frameworks, "FRAMEWORKS", tmp_path)
    with pytest.raises(UsageProblem, match=message):
        frameworks.load("own")
