"""Exported graphs with fewer steps and the same answers.

The converter writes a dense layer as a product of matrices between two reshapes, whose shape it works out in five
more steps, a layer norm as thirteen steps, a choice between two values as the sum of two products with 0 and 1, a
dilated convolution as one over every other step between sixty steps that sort and restore these, and lookups with
care for negative places, which the engine's own steps take anyway. The engine has one step for each. What does not
look like that is left as it is, and ``export`` compares the outcome with Keras in any case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import onnx

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OPSET", "simplify"]

Node: TypeAlias = Any  # ONNX's messages are typed by a plug-in that is not asked for
Graph: TypeAlias = Any

OPSET = 17  # the first that has layer norm


class _Origins:
    """Who makes each value of a graph, and which values are constants."""

    def __init__(self, graph: Graph) -> None:
        self.makers = {name: node for node in graph.node for name in node.output}
        self.constants = {each.name: each for each in graph.initializer}

    def inputs(self, name: str, *operations: str) -> list[str]:
        """Return the inputs of the last of the nodes that lead to a value, each the first input of the next.

        Args:
            name: The value.
            operations: What makes it, what makes that one's first input, and so on.

        Raises:
            LookupError: it is made otherwise.
        """
        inputs = [name]
        for operation in operations:
            node = self.makers[inputs[0]]
            if node.op_type != operation:
                raise LookupError(name)
            inputs = list(node.input)
        return inputs

    def constant(self, name: str) -> np.ndarray:
        """Return a constant.

        Raises:
            LookupError: it is none.
        """
        return np.asarray(onnx.numpy_helper.to_array(self.constants[name]))

    def uncast(self, name: str) -> str:
        """Return the value before its casts."""
        while name in self.makers and self.makers[name].op_type == "Cast":
            name = self.makers[name].input[0]
        return name


def simplify(model: onnx.ModelProto) -> None:
    """Rewrite a model in place."""
    graph = model.graph
    _rewrite(graph, "Reshape", _product)
    _rewrite(graph, "Add", _norm)
    _rewrite(graph, "Add", _choice)
    _rewrite(graph, "Gather", _lookup)
    _rewrite(graph, "Reshape", _lookup_along)
    _rewrite(graph, "Slice", _dilated)
    _rewrite(graph, "Slice", _dilated_planes)
    _rewrite(graph, "Reshape", _reshape)
    _drop_unused(graph)


def _rewrite(graph: Graph, operation: str, shorter: Any) -> None:  # noqa: ANN401  one of the functions below
    """Replace each node of one operation by the nodes that ``shorter`` makes of it, where it makes some."""
    origins = _Origins(graph)
    nodes: list[Node] = []
    for node in graph.node:
        try:
            nodes.extend(shorter(graph, origins, node) if node.op_type == operation else [node])
        except LookupError:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)


def _product(_graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return the product of a tensor and a matrix without the reshapes around it.

    Raises:
        LookupError: the node is not the last of such a product.
    """
    flat, matrix = origins.inputs(node.input[0], "MatMul")
    tensor, _ = origins.inputs(flat, "Reshape")
    width = origins.constant(matrix).shape
    joined = origins.inputs(origins.uncast(node.input[1]), "Concat")
    if len(joined) != 2:
        raise LookupError(node.name)
    leading, last = joined
    shape, axes = origins.inputs(leading, "Gather")
    (measured,) = origins.inputs(origins.uncast(shape), "Shape")
    kept = origins.constant(axes).tolist()
    if (
        measured != tensor
        or kept != [*range(len(kept))]
        or len(width) != 2
        or origins.constant(last).tolist() != [width[1]]
    ):
        raise LookupError(node.name)
    return [onnx.helper.make_node("MatMul", [tensor, matrix], list(node.output), name=node.name)]


def _norm(graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return a layer norm over the last of three axes as one node; its gain and bias become constants of one axis.

    Raises:
        LookupError: the node is not the last of a layer norm.
    """
    if len(node.input) != 2:
        raise LookupError(node.name)
    scaled, moved = node.input
    tensor, scale = origins.inputs(scaled, "Mul")
    inverse, gain = origins.inputs(scale, "Mul")
    spread, least = origins.inputs(inverse, "Reciprocal", "Sqrt", "Add")
    apart, _ = origins.inputs(spread, "GlobalAveragePool", "Mul")
    centred, mean = origins.inputs(apart, "Sub")
    down, bias = origins.inputs(moved, "Add")
    (lowered,) = origins.inputs(down, "Mul", "Neg")
    if centred != tensor or lowered != mean or origins.inputs(mean, "GlobalAveragePool") != [tensor]:
        raise LookupError(node.name)
    names = [_flat(graph, origins, name) for name in (gain, bias)]
    epsilon = float(origins.constant(least))
    return [
        onnx.helper.make_node(
            "LayerNormalization", [tensor, *names], list(node.output), name=node.name, axis=-1, epsilon=epsilon
        )
    ]


def _choice(_graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return the choice between two values that a sum of each, times a truth or its opposite, stands for.

    Raises:
        LookupError: the node is not such a sum.
    """
    for first, then in _masked(origins, node.input[0]):
        for second, otherwise in _masked(origins, node.input[1]):
            opposite = origins.makers.get(second)
            if opposite is not None and opposite.op_type == "Not" and opposite.input[0] == first:
                return [onnx.helper.make_node("Where", [first, then, otherwise], list(node.output), name=node.name)]
    raise LookupError(node.name)


def _masked(origins: _Origins, name: str) -> Iterator[tuple[str, str]]:
    """Yield each reading of a product as a truth, cast to a number, and the value that it lets through.

    Raises:
        LookupError: it is no product.
    """
    one, other = origins.inputs(name, "Mul")
    for mask, value in ((one, other), (other, one)):
        maker = origins.makers.get(mask)
        if maker is not None and maker.op_type == "Cast":
            yield maker.input[0], value


def _lookup(_graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return a lookup without the care for negative places.

    Raises:
        LookupError: no such care is taken.
    """
    attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
    inputs = [node.input[0], _careless(origins, node.input[1])]
    return [onnx.helper.make_node("Gather", inputs, list(node.output), name=node.name, **attributes)]


def _lookup_along(_graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return a lookup along the last axis, the other axes of both alike, as one node.

    Raises:
        LookupError: the node is not the last of such a lookup.
    """
    flat, places = origins.inputs(node.input[0], "GatherND")
    tensor, _ = origins.inputs(flat, "Reshape", "Expand")
    careful, _ = origins.inputs(places, "Unsqueeze", "Reshape")
    wide, _ = origins.inputs(_careless(origins, careful), "Expand")
    inputs = [tensor, origins.uncast(wide)]
    return [onnx.helper.make_node("GatherElements", inputs, list(node.output), name=node.name, axis=-1)]


def _careless(origins: _Origins, name: str) -> str:
    """Return the places of which negative ones were counted from the end.

    Raises:
        LookupError: they are others.
    """
    negative, counted, places = origins.inputs(name, "Where")
    below, _ = origins.inputs(negative, "Less")
    if origins.uncast(below) != places or origins.inputs(counted, "Add")[0] != places:
        raise LookupError(name)
    return places


def _dilated(_graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return a dilated convolution of (B, T, D) along T, as long as before.

    Raises:
        LookupError: the node is not the last of one.
    """
    (rows,) = origins.inputs(node.input[0], "Reshape", "Transpose", "Reshape", "Transpose")
    answered, axes = origins.inputs(rows, "Squeeze")
    turned, kernel = origins.inputs(answered, "Conv")
    stretched, axis = origins.inputs(turned, "Transpose", "Unsqueeze")
    tensor, *_ = origins.inputs(stretched, "Reshape", "Transpose", "Reshape", "Pad")
    _, factor = origins.inputs(node.input[2], "Sub", "Mul")
    apart, width = origins.constant(factor).item(), origins.constant(kernel).shape[-1]
    reach, name = apart * (width // 2), node.name
    wide, before, after, flat = (f"{name}/{part}" for part in ("wide", "before", "after", "flat"))
    make = onnx.helper.make_node
    return [
        make("Unsqueeze", [tensor, axis], [wide]),
        make("Transpose", [wide], [before], perm=[0, 3, 1, 2]),
        make("Conv", [before, kernel], [after], name=name, dilations=[1, apart], pads=[0, reach, 0, reach]),
        make("Squeeze", [after, axes], [flat]),
        make("Transpose", [flat], list(node.output), perm=[0, 2, 1]),
    ]


def _dilated_planes(_graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return a dilated convolution of planes (B, D, T, P) along T, as (B, T, P, D).

    Raises:
        LookupError: the node is not the last of one.
    """
    (answered,) = origins.inputs(node.input[0], "Reshape", "Transpose", "Reshape", "Transpose")
    turned, kernel = origins.inputs(answered, "Conv")
    tensor, *_ = origins.inputs(turned, "Transpose", "Reshape", "Transpose", "Reshape", "Transpose", "Pad")
    _, factor = origins.inputs(node.input[2], "Sub", "Mul")
    apart, shape = int(origins.constant(factor).ravel()[0]), origins.constant(kernel).shape
    if len(shape) != 4 or shape[3] != 1:
        raise LookupError(node.name)
    reach, after = apart * (shape[2] // 2), f"{node.name}/after"
    make = onnx.helper.make_node
    return [
        make("Conv", [tensor, kernel], [after], name=node.name, dilations=[apart, 1], pads=[reach, 0, reach, 0]),
        make("Transpose", [after], list(node.output), perm=[0, 2, 3, 1]),
    ]


def _reshape(graph: Graph, origins: _Origins, node: Node) -> list[Node]:
    """Return a reshape that keeps the examples apart without counting them.

    Raises:
        LookupError: it does something else.
    """
    joined = origins.makers[origins.uncast(node.input[1])]
    if joined.op_type != "Concat" or not _counts_examples(origins, joined.input[0]) or _is_flat(origins, node.input[0]):
        raise LookupError(node.name)
    sizes = [np.zeros(1, np.int64), *(origins.constant(size) for size in joined.input[1:])]
    graph.initializer.append(onnx.numpy_helper.from_array(np.concatenate(sizes).astype(np.int64), f"{node.name}/sizes"))
    inputs = [node.input[0], f"{node.name}/sizes"]
    return [onnx.helper.make_node("Reshape", inputs, list(node.output), name=node.name)]


def _is_flat(origins: _Origins, name: str) -> bool:
    """Return whether a value is a product of rows, in which the examples are not apart."""
    product = origins.makers.get(name)
    rows = origins.makers.get(product.input[0]) if product is not None and product.op_type == "MatMul" else None
    return rows is not None and rows.op_type == "Reshape"


def _counts_examples(origins: _Origins, name: str) -> bool:
    """Return whether a value is the length of some tensor's first axis."""
    maker = origins.makers[name]
    while maker.op_type in {"Unsqueeze", "Squeeze", "Cast"}:
        maker = origins.makers[maker.input[0]]
    if maker.op_type != "Slice" or origins.makers[origins.uncast(maker.input[0])].op_type != "Shape":
        return False
    return bool(origins.constant(maker.input[1]).tolist() == [0])


def _flat(graph: Graph, origins: _Origins, name: str) -> str:
    """Add a constant (1, 1, D) to the graph as (D,) and return its name.

    Raises:
        LookupError: it is no such constant.
    """
    values = origins.constant(name)
    if values.shape[:-1] != (1, 1):
        raise LookupError(name)
    graph.initializer.append(onnx.numpy_helper.from_array(values[0, 0], f"{name}/flat"))
    return f"{name}/flat"


def _drop_unused(graph: Graph) -> None:
    """Remove the nodes and constants that nothing needs any more."""
    needed = {each.name for each in graph.output}
    nodes = []
    for node in reversed(graph.node):  # they stand in order: what needs a value comes after it
        if needed.intersection(node.output):
            nodes.append(node)
            needed.update(_read(node))
    constants = [each for each in graph.initializer if each.name in needed]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(nodes))
    graph.initializer.extend(constants)


def _read(node: Node) -> Iterator[str]:
    """Yield the values that a node reads, those inside its branches and loops too."""
    yield from node.input
    for attribute in node.attribute:
        for each in attribute.g.node:
            yield from _read(each)
        yield from (each.name for each in attribute.g.output)
