import re

import pytest

from caseaudit.disclosure.keys import load_or_make
from caseaudit.disclosure.pseudonyms import pseudonym
from caseaudit.errors import UsageProblem

KEY, OTHER = bytes(32), bytes(range(32))


def test_a_pseudonym_is_short_readable_and_stable():
    name = pseudonym("case_id", "P00017", KEY)
    assert re.fullmatch(r"C-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", name)
    assert name == pseudonym("case_id", "P00017", KEY)


def test_it_depends_on_the_key_the_kind_and_the_identifier():
    names = {
        pseudonym("case_id", "17", KEY),
        pseudonym("case_id", "17", OTHER),
        pseudonym("worker_id", "17", KEY),
        pseudonym("case_id", "18", KEY),
    }
    assert len(names) == 4


def test_a_supervisor_is_the_worker_they_are():
    assert pseudonym("supervisor_id", "W1", KEY) == pseudonym("worker_id", "W1", KEY)


def test_ten_thousand_cases_have_ten_thousand_names():
    assert len({pseudonym("case_id", str(number), KEY) for number in range(10_000)}) == 10_000


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "keys" / "pseudonyms.key"
    key = load_or_make(path)
    assert len(key) == 32
    assert load_or_make(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "not hexadecimal", "ab" * 8])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    path = tmp_path / "k"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(UsageProblem, match="holds no key"):
        load_or_make(path)


def test_a_key_others_may_read_is_refused(tmp_path):
    path = tmp_path / "k"
    load_or_make(path)
    path.chmod(0o644)
    with pytest.raises(UsageProblem, match="chmod 600"):
        load_or_make(path)
