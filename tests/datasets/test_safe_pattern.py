"""A layout's pattern must not hang the audit."""

import pytest
from pydantic import ValidationError

from workbench.datasets.layout import TotalRows
from workbench.datasets.safe_pattern import may_hang


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "((ab)*c)+", "(a?){50}", "(?:a{1,9})*", ".*.*.*.*x", r"([\)]+)+"]
)
def test_a_pattern_that_may_hang_is_refused_in_words(pattern):
    assert may_hang(pattern)
    with pytest.raises(ValidationError, match="may take for ever"):
        TotalRows(matches=pattern)


@pytest.mark.parametrize(
    "pattern", ["^sum", "^(grand )?totals?$", r"\bsub[\s+*-]*total", r"(a\+)+", "(a|b) total", r"\(x\)+"]
)
def test_a_plain_pattern_is_taken(pattern):
    assert TotalRows(matches=pattern).matches == pattern
