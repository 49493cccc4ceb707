"""Derived figures: a formula over other records, computed again each time it is checked."""

import ast
import operator
import re
from collections.abc import Callable

REFERENCE = re.compile(r"\[([^\[\]]+)\]")
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaError(ValueError):
    """A formula can't be worked out; the text says where and why."""


def references(formula: str) -> tuple[str, ...]:
    """The records that `formula` names in square brackets, in order."""
    return tuple(REFERENCE.findall(formula))


def evaluate(formula: str, value: Callable[[str], float]) -> float:
    """What `formula` comes to, with `value(reference)` for each record in square brackets.

    Only numbers, + - * / and parentheses are allowed, and `round(x, 1)` for a result that claims no more digits than it
    has; anything else is a FormulaError.
    """
    names: dict[str, float] = {}

    def put(match: re.Match[str]) -> str:
        name = f"r{len(names)}"
        names[name] = value(match[1])
        return name

    try:
        tree = ast.parse(REFERENCE.sub(put, formula).strip(), mode="eval")
        return _number(tree.body, names)
    except (SyntaxError, ZeroDivisionError) as error:
        raise FormulaError(f"{formula!r} can't be worked out: {error}") from None


def _number(node: ast.expr, names: dict[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_number(left, names), _number(right, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, names)
        case ast.Call(func=ast.Name(id="round"), args=[number, ast.Constant(value=int() as digits)], keywords=[]):
            return round(_number(number, names), digits)
    wanted = "a number, a record in square brackets, + - * /, or round(…, 1)"
    raise FormulaError(f"{ast.unparse(node)!r} is not {wanted}")
