"""Small faults that somebody could make, one at a time: what the tests must notice."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[ast.AST], ast.AST | None]

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_OPTIONAL = re.compile(r"(?<=[\w)\]}. ])\?(?![:=!<P])")
_BOUND = re.compile(r"(?<=,)[0-9]+(?=\})|(?<=\{)[0-9]+(?=\})")
_ALTERNATIVE = re.compile(r"\|[\w ]+(?=[|)])|(?<=:)[\w ]+\|")
_LIKE_A_PATTERN = re.compile(r"\[.+\]|\(\?|\\[sSdwb]")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`function` is the qualified name of what the fault is in, "" for the module itself."""

    line: int
    function: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of `source`; the same in the same order each time."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    untouched = _untouched(tree)
    functions = _functions(tree)
    for at, node in enumerate(nodes):
        if id(node) in untouched:
            continue
        for change in _changes(node):
            yield Mutant(getattr(node, "lineno", 0), functions.get(id(node), ""), _changed(tree, at, change))


def _changed(tree: ast.Module, at: int, change: Change) -> str:
    copied = copy.deepcopy(tree)
    node = list(ast.walk(copied))[at]
    found = change(node)
    if found is not None:
        _Replace(node, found).visit(copied)
    return ast.unparse(ast.fix_missing_locations(copied))


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _untouched(tree: ast.Module) -> set[int]:
    """Docstrings, annotations, decorators and assertions say nothing that runs."""
    found: list[ast.AST | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.append(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            found += [node.returns, *node.decorator_list, *(argument.annotation for argument in arguments)]
        if isinstance(node, ast.AnnAssign):
            found.append(node.annotation)
        if isinstance(node, ast.ClassDef):
            found += node.decorator_list
        if isinstance(node, ast.Assert):
            found.append(node)
    return {id(inner) for node in found if node for inner in ast.walk(node)}


def _functions(tree: ast.Module) -> dict[int, str]:
    found: dict[int, str] = {}

    def walk(node: ast.AST, names: tuple[str, ...], is_inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            inner = (*names, child.name) if is_function or isinstance(child, ast.ClassDef) else names
            # What a function in a function does is the outer one's; a class body belongs to the module.
            inner = names if is_inside else inner
            if is_inside or is_function:
                found[id(child)] = ".".join(inner)
            walk(child, inner, is_inside or is_function)

    walk(tree, (), False)
    return found


def _changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare():
            yield from (_swap_comparison(at) for at, op in enumerate(node.ops) if type(op) in _COMPARISONS)
        case ast.BoolOp():
            yield lambda it: ast.BoolOp(ast.Or() if isinstance(it.op, ast.And) else ast.And(), it.values)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _OPERATORS:
            yield _swap_operator
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield lambda it: it.operand
        case ast.If() | ast.While() | ast.IfExp():
            yield _negate_test
        case ast.comprehension(ifs=[_, *_]):
            yield _drop_filter
        case ast.Raise() | ast.Delete() | ast.Expr():
            yield lambda it: ast.Pass()
        case ast.Return(value=value) if value and not (isinstance(value, ast.Constant) and value.value is None):
            yield lambda it: ast.Return(ast.Constant(None))
        case ast.Break():
            yield lambda it: ast.Continue()
        case ast.Continue():
            yield lambda it: ast.Break()
        case ast.Tuple() | ast.Set() | ast.List() if _is_table(node.elts):
            yield from (_drop_element(at) for at in range(len(node.elts)))
        case ast.Dict() if _is_table(node.keys):
            yield from (_drop_item(at) for at in range(len(node.keys)))
        case ast.Constant():
            yield from (_set_constant(value) for value in _other_values(node.value))


def _is_table(elements: list[ast.expr | None]) -> bool:
    return len(elements) > 1 and all(isinstance(element, ast.Constant | ast.Attribute) for element in elements)


def _other_values(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"XX{value}"
        if _LIKE_A_PATTERN.search(value):
            yield from _other_patterns(value)


def _other_patterns(pattern: str) -> Iterator[str]:
    for found in _OPTIONAL.finditer(pattern):
        yield pattern[: found.start()] + pattern[found.end() :]
    for found in _BOUND.finditer(pattern):
        yield f"{pattern[: found.start()]}{int(found[0]) + 1}{pattern[found.end() :]}"
    for found in _ALTERNATIVE.finditer(pattern):
        yield pattern[: found.start()] + pattern[found.end() :]


def _swap_comparison(at: int) -> Change:
    def change(node: ast.AST) -> None:
        node.ops[at] = _COMPARISONS[type(node.ops[at])]()

    return change


def _swap_operator(node: ast.AST) -> None:
    node.op = _OPERATORS[type(node.op)]()


def _negate_test(node: ast.AST) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _drop_filter(node: ast.AST) -> None:
    node.ifs.pop()


def _drop_element(at: int) -> Change:
    def change(node: ast.AST) -> None:
        del node.elts[at]

    return change


def _drop_item(at: int) -> Change:
    def change(node: ast.AST) -> None:
        del node.keys[at], node.values[at]

    return change


def _set_constant(value: object) -> Change:
    def change(node: ast.AST) -> None:
        node.value = value

    return change
