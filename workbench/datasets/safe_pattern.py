"""Tell a regular expression that may take for ever on some text from one that cannot."""

from __future__ import annotations

import re
from typing import Final

MOST_REPEATS: Final = 3
"""Each open repetition multiplies the time by the length of the label: three are a moment, five are hours."""

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|\(\?<[=!]|\(\?P<\w+>|.", re.DOTALL)
_COUNTED = re.compile(r"\{\d*,?\d*\}")


def may_hang(pattern: str) -> bool:
    """Whether a repeated bracket holds a repetition or a choice, or too many parts are repeated without a bound."""
    plain = _COUNTED.sub("+", pattern)
    tokens = [match[0] for match in _TOKEN.finditer(plain)]
    loose = [False]
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        if token.startswith("("):
            loose.append(False)
        elif token == ")" and len(loose) > 1:
            inner = loose.pop()
            if inner and following in ("*", "+"):
                return True
            loose[-1] = loose[-1] or inner
        elif token in ("*", "+", "?", "|"):
            loose[-1] = True
    return sum(token in ("*", "+") for token in tokens) > MOST_REPEATS
