// From a graph to the bytes of an ONNX model. Weights stay outside: as inputs, or as external data that the session is given.

import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { Attribute, ElementType, Graph, Literal, Value } from "./graph.ts";

/** `inputs`: one copy of the weights serves every graph. `constants`: ONNX Runtime packs them once for this session. */
export type WeightsAs = "inputs" | "constants";

const IR_VERSION = 9n;
const OPSET = 18n;
const DATA_TYPE: Record<ElementType, DataType> = {
  float32: DataType.FLOAT,
  int64: DataType.INT64,
  int32: DataType.INT32,
  uint8: DataType.UINT8,
};
const BYTES: Record<ElementType, number> = { float32: 4, int64: 8, int32: 4, uint8: 1 };

/** The model's bytes. With `constants`, weight w is expected as external data under the path w (offset 0). */
export function serialize(graph: Graph, weightsAs: WeightsAs): Uint8Array {
  const asInputs = weightsAs === "inputs" ? graph.weights : [];
  const asConstants = weightsAs === "constants" ? graph.weights : [];
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: "trueline",
    opsetImport: [
      create(OperatorSetIdProtoSchema, { domain: "", version: OPSET }),
      create(OperatorSetIdProtoSchema, { domain: "com.microsoft", version: 1n }),
    ],
    graph: create(GraphProtoSchema, {
      name: graph.name,
      input: [...graph.inputs, ...asInputs].map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer: [...graph.literals.map(literalTensor), ...asConstants.map(externalTensor)],
      node: graph.nodes.map((n) =>
        create(NodeProtoSchema, {
          opType: n.op,
          domain: n.domain,
          input: [...n.inputs],
          output: [...n.outputs],
          attribute: Object.entries(n.attributes).map(([name, value]) => attribute(name, value)),
        }),
      ),
    }),
  });
  return toBinary(ModelProtoSchema, model);
}

function valueInfo(value: Value) {
  const dim = value.shape.map((d) =>
    create(TensorShapeProto_DimensionSchema, {
      value: typeof d === "number" ? { case: "dimValue", value: BigInt(d) } : { case: "dimParam", value: d },
    }),
  );
  const tensor = create(TypeProto_TensorSchema, {
    elemType: DATA_TYPE[value.type],
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name: value.name,
    type: create(TypeProtoSchema, { value: { case: "tensorType", value: tensor } }),
  });
}

function literalTensor(literal: Literal) {
  const values =
    literal.type === "int64"
      ? { int64Data: literal.values.map((x) => BigInt(x)) }
      : { floatData: [...literal.values] };
  return create(TensorProtoSchema, {
    name: literal.name,
    dataType: DATA_TYPE[literal.type],
    dims: literal.shape.map((d) => BigInt(d)),
    ...values,
  });
}

function externalTensor(value: Value) {
  const dims = value.shape.map((d) => BigInt(d));
  const bytes = value.shape.reduce<number>((a, d) => a * Number(d), BYTES[value.type]);
  return create(TensorProtoSchema, {
    name: value.name,
    dataType: DATA_TYPE[value.type],
    dims,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: Object.entries({ location: value.name, offset: "0", length: String(bytes) }).map(
      ([key, text]) => create(StringStringEntryProtoSchema, { key, value: text }),
    ),
  });
}

function attribute(name: string, value: Attribute) {
  if (typeof value === "number")
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === "string") {
    return create(AttributeProtoSchema, {
      name,
      type: AttributeType.STRING,
      s: new TextEncoder().encode(value),
    });
  }
  if ("float" in value)
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map((x) => BigInt(x)) });
}
