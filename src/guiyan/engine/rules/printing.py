"""Tree → text, exactly: `parse(print_tree(tree)) == tree` for every tree that can be built."""

from __future__ import annotations

from guiyan.engine.rules import tree

STRENGTH = {"+": 1, "-": 1, "*": 2}


def print_expr(node: tree.Tree | tree.Operand) -> str:
    """The rule as it is written in packs."""
    match node:
        case tree.And(parts):
            return " AND ".join(inside_and(part) for part in parts)
        case tree.Or(parts):
            return " OR ".join(print_expr(part) for part in parts)
        case tree.Not(part):
            return (
                f"NOT {print_expr(part)}"
                if isinstance(part, tree.Name | tree.Has | tree.RegionIn)
                else f"NOT ({print_expr(part)})"
            )
        case tree.Compare(op, left, right):
            return f"{print_expr(left)} {op} {print_expr(right)}"
        case tree.In(left, values):
            return f"{print_expr(left)} IN ({', '.join(print_expr(value) for value in values)})"
        case tree.Between(left, low, high):
            return f"{print_expr(left)} BETWEEN {print_expr(low)} AND {print_expr(high)}"
        case tree.Has(list_, key):
            return f"has({list_}, {quoted(key)})"
        case tree.RegionIn(fact, code):
            return f"region_in({fact}, {quoted(code)})"
    return print_operand(node)


def inside_and(part: tree.Tree) -> str:
    return f"({print_expr(part)})" if isinstance(part, tree.Or) else print_expr(part)


def print_operand(node: tree.Operand) -> str:
    match node:
        case tree.Name(id_):
            return id_
        case tree.Number(value):
            return str(value)
        case tree.Text(value):
            return quoted(value)
        case tree.Amount(map_, key):
            return f"amount({map_}, {quoted(key)})"
        case tree.Call(function, arguments):
            return f"{function}({', '.join(print_operand(each) for each in arguments)})"
        case tree.Arithmetic(op, left, right):
            return f"{side(left, STRENGTH[op])} {op} {side(right, STRENGTH[op] + 1)}"


def side(node: tree.Operand, at_least: int) -> str:
    """Brackets where the tree would otherwise be read another way."""
    weak = isinstance(node, tree.Arithmetic) and STRENGTH[node.op] < at_least
    return f"({print_operand(node)})" if weak else print_operand(node)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
