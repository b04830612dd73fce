"""Exported graphs are shortened without another answer; what only looks alike is left as it is."""

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="exporting needs the train extra")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402  after the skip

from chorale.models.runtime import Network  # noqa: E402
from chorale.training.simplify import OPSET, simplify  # noqa: E402

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the protocol buffers
]
WIDTH, WIDER = 6, 5
RNG = np.random.default_rng(0)
TENSOR = RNG.normal(size=(2, 3, WIDTH)).astype(np.float32)


def node(operation, inputs, output, **attributes):
    return helper.make_node(operation, inputs.split(), [output], name=output, **attributes)


def model(nodes, **constants):
    """A model from x (B, T, WIDTH) to y."""
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * 3) for name in "xy"]
    kept = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "graph", ends[:1], ends[1:], kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def answer(graph, folder):
    path = folder / "network.onnx"
    path.write_bytes(graph.SerializeToString())
    return Network(path, 1)(x=TENSOR)


def operations(graph, folder):
    """What is left after the rewriting, when the answer has been compared."""
    before = answer(graph, folder)
    simplify(graph)
    np.testing.assert_allclose(answer(graph, folder), before, atol=1e-5)
    return [each.op_type for each in graph.graph.node]


def product(*, width=WIDER, **changed):
    constants = {
        "flat": np.array([-1, WIDTH]),
        "matrix": RNG.normal(size=(WIDTH, WIDER)).astype(np.float32),
        "axes": np.array([0, 1], np.int32),
        "width": np.array([width], np.int32),
    }
    nodes = [
        node("Shape", "x", "long"),
        node("Cast", "long", "shape", to=TensorProto.INT32),
        node("Gather", "shape axes", "leading"),
        node("Concat", "leading width", "whole", axis=0),
        node("Cast", "whole", "restored", to=TensorProto.INT64),
        node("Reshape", "x flat", "rows"),
        node("MatMul", "rows matrix", "products"),
        node("Reshape", "products restored", "y"),
    ]
    return model(nodes, **constants | changed)


def test_a_product_loses_the_reshapes_around_it(tmp_path):
    assert operations(product(), tmp_path) == ["MatMul"]


def test_a_product_that_comes_out_in_another_shape_keeps_them(tmp_path):
    turned = np.array([1, 0], np.int32)
    assert "Reshape" in operations(product(axes=turned), tmp_path)


def test_rows_that_are_parted_into_examples_at_once_are_left_as_they_are(tmp_path):
    constants = {"flat": np.array([-1, WIDTH]), "matrix": RNG.normal(size=(WIDTH, 4)).astype(np.float32)}
    constants |= {"begin": np.array([0]), "end": np.array([1]), "steps": np.array([-1]), "two": np.array([4])}
    nodes = [
        node("Shape", "x", "shape"),
        node("Slice", "shape begin end", "examples"),
        node("Concat", "examples steps two", "whole", axis=0),
        node("Reshape", "x flat", "rows"),
        node("MatMul", "rows matrix", "products"),
        node("Reshape", "products whole", "y"),
    ]
    assert operations(model(nodes, **constants), tmp_path).count("Reshape") == 2


def test_a_layer_norm_becomes_one_step(tmp_path):
    nodes = [
        node("GlobalAveragePool", "x", "mean"),
        node("Neg", "mean", "lowered"),
        node("Sub", "x mean", "apart"),
        node("Mul", "apart apart", "square"),
        node("GlobalAveragePool", "square", "variance"),
        node("Add", "variance least", "spread"),
        node("Sqrt", "spread", "root"),
        node("Reciprocal", "root", "inverse"),
        node("Mul", "inverse gain", "scale"),
        node("Mul", "x scale", "scaled"),
        node("Mul", "lowered scale", "down"),
        node("Add", "down bias", "moved"),
        node("Add", "scaled moved", "y"),
    ]
    gain, bias = (RNG.normal(size=(1, 1, WIDTH)).astype(np.float32) for _ in "12")
    graph = model(nodes, least=np.float32(1e-3), gain=gain, bias=bias)
    assert operations(graph, tmp_path) == ["LayerNormalization"]
    assert {each.name for each in graph.graph.initializer} == {"gain/flat", "bias/flat"}


def choice(opposite):
    nodes = [
        node("Less", "x nought", "low"),
        node("Not", "low", "high"),
        node("Cast", "low", "chosen", to=TensorProto.FLOAT),
        node("Cast", opposite, "other", to=TensorProto.FLOAT),
        node("Mul", "chosen one", "first"),
        node("Mul", "x other", "second"),
        node("Add", "first second", "y"),
    ]
    return model(nodes, nought=np.float32(0), one=np.float32(3))


def test_a_choice_is_made_and_not_added_up(tmp_path):
    assert operations(choice("high"), tmp_path) == ["Less", "Where"]


def test_a_sum_of_two_products_with_the_same_truth_is_no_choice(tmp_path):
    assert "Where" not in operations(choice("low"), tmp_path)


def careful(places, size):
    """The nodes by which the converter counts negative places from the end."""
    return [
        node("Cast", places, "measured", to=TensorProto.FLOAT),
        node("Less", "measured nought", "negative"),
        node("Add", f"{places} {size}", "counted"),
        node("Where", f"negative counted {places}", "cared"),
    ]


LOOKUP = {"nought": np.float32(0), "places": np.array([4, -1, 0]), "size": np.int64(WIDTH)}


def test_a_lookup_takes_no_care_that_the_engine_takes(tmp_path):
    graph = model([*careful("places", "size"), node("Gather", "x cared", "y", axis=2)], **LOOKUP)
    assert operations(graph, tmp_path) == ["Gather"]


def test_a_choice_of_places_stays_a_choice(tmp_path):
    nodes = [*careful("places", "size"), node("Gather", "x others", "y", axis=2)]
    nodes[3] = node("Where", "negative counted nought_too", "others")
    graph = model(nodes, nought_too=np.zeros(3, np.int64), **LOOKUP)
    assert "Where" in operations(graph, tmp_path)


def test_a_lookup_along_the_last_axis_becomes_one_step(tmp_path):
    nodes = [
        node("Expand", "places whole", "wide"),
        *careful("wide", "size"),
        node("Reshape", "cared rows", "flat_places"),
        node("Unsqueeze", "flat_places last", "pointed"),
        node("Expand", "x kept", "wide_x"),
        node("Reshape", "wide_x flat", "rows_of_x"),
        node("GatherND", "rows_of_x pointed", "found", batch_dims=1),
        node("Reshape", "found whole", "y"),
    ]
    constants = {
        "places": RNG.integers(-1, WIDTH, (2, 3, 4)),
        "nought": np.float32(0),
        "size": np.int64(WIDTH),
        "whole": np.array([2, 3, 4]),
        "rows": np.array([-1, 4]),
        "last": np.array([2]),
        "kept": np.array([2, 3, WIDTH]),
        "flat": np.array([-1, WIDTH]),
    }
    assert operations(model(nodes, **constants), tmp_path) == ["GatherElements"]


def test_a_reshape_does_not_count_the_examples(tmp_path):
    nodes = [
        node("Shape", "x", "shape"),
        node("Slice", "shape none one none", "first"),
        node("Concat", "first rest", "whole", axis=0),
        node("Reshape", "x whole", "y"),
    ]
    constants = {"none": np.array([0]), "one": np.array([1]), "rest": np.array([-1, 2])}
    assert operations(model(nodes, **constants), tmp_path) == ["Reshape"]


def test_the_whole_network_has_its_dilated_convolutions_as_such(tmp_path):
    pytest.importorskip("tf2onnx", reason="exporting needs tf2onnx")
    from chorale.models.coconet.network import Options, build  # noqa: PLC0415  Keras is not always there
    from chorale.training.export import export_network  # noqa: PLC0415

    size = {"step_width": 8, "beat_width": 12, "layers": 1, "heads": 2, "tables": 2, "gate_rank": 4, "relations": 4}
    export_network(build(Options(**size, deep=3)), tmp_path / "network.onnx")
    nodes = onnx.load(tmp_path / "network.onnx").graph.node
    convolutions = [each for each in nodes if each.op_type == "Conv"]
    dilations = [each.ints[1] for conv in convolutions for each in conv.attribute if each.name == "dilations"]
    assert dilations == [1, 1, 1, 1, 1, 2, 4]
    assert "GatherElements" in {
        each.op_type for each in nodes
    }  # norms differ from machine to machine before they come here
    assert "GatherND" not in {each.op_type for each in nodes}
