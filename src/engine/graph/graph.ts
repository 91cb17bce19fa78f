// A graph under construction: values with symbolic shapes, nodes of ONNX operators, weights by name.

import { TruelineError } from "../../core/errors.ts";

/** One axis: a fixed length, or a name that is bound when the graph runs ("tokens", "rows"). */
export type Dim = number | string;

/** `uint8` is for the packed weights of `quantised/`, `int32` for what some operators want inside a graph: neither is fed to a run. */
export type ElementType = "float32" | "int64" | "int32" | "uint8";

/** A value inside one graph. Its shape is known while the graph is built, up to the named axes. */
export type Value = { readonly name: string; readonly type: ElementType; readonly shape: readonly Dim[] };

export type Attribute = number | string | readonly number[] | { readonly float: number };

type GraphNode = {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
};

/** A small tensor that belongs to the graph itself (a shape, an epsilon), not to the model. */
export type Literal = {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
};

/** A finished graph as plain data: equal data give equal bytes. */
export type Graph = {
  readonly name: string;
  readonly inputs: readonly Value[];
  /** Values that are bound to a model's weights: constants or inputs, chosen when a session is made. */
  readonly weights: readonly Value[];
  readonly literals: readonly Literal[];
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly Value[];
};

export interface GraphBuilder {
  input(name: string, type: ElementType, shape: readonly Dim[]): Value;
  /** The weight of that name; asked for twice, it is the same value. `type` is float32 where absent. */
  weight(name: string, shape: readonly number[], type?: "float32" | "uint8"): Value;
  literal(type: ElementType, shape: readonly number[], values: readonly number[]): Value;
  /** Adds one operator. `shapes` are the outputs' shapes, worked out by the op that calls this. */
  node(
    op: string,
    inputs: readonly Value[],
    shapes: readonly (readonly Dim[])[],
    attributes?: Readonly<Record<string, Attribute>>,
    options?: { readonly domain?: string; readonly type?: ElementType },
  ): readonly Value[];
  /** Gives a value a public name and makes it an output. */
  output(name: string, value: Value): void;
  finish(): Graph;
}

export function graphBuilder(graphName: string): GraphBuilder {
  const inputs: Value[] = [];
  const weights = new Map<string, Value>();
  const literals: Literal[] = [];
  const nodes: GraphNode[] = [];
  const outputs: Value[] = [];
  /** Names of values inside the graph that became public ones. */
  const renamed = new Map<string, string>();
  const made = new Set<string>();
  let count = 0;
  const fresh = (stem: string) => `${stem}_${count++}`;

  const node: GraphBuilder["node"] = (op, from, shapes, attributes = {}, options = {}) => {
    const results = shapes.map(
      (shape) => ({ name: fresh(op.toLowerCase()), type: options.type ?? "float32", shape }) as const,
    );
    for (const { name } of results) made.add(name);
    nodes.push({
      op,
      domain: options.domain ?? "",
      inputs: from.map((v) => v.name),
      outputs: results.map((v) => v.name),
      attributes,
    });
    return results;
  };

  return {
    input: (name, type, shape) => {
      const value = { name, type, shape };
      inputs.push(value);
      return value;
    },
    weight: (name, shape, type = "float32") => {
      const known = weights.get(name);
      if (known) return known;
      const value: Value = { name, type, shape };
      weights.set(name, value);
      return value;
    },
    literal: (type, shape, values) => {
      const same = literals.find(
        (l) => l.type === type && sameNumbers(l.shape, shape) && sameNumbers(l.values, values),
      );
      if (same) return same;
      const literal = { name: fresh("literal"), type, shape, values };
      literals.push(literal);
      return literal;
    },
    node,
    output: (name, value) => {
      if (outputs.some((o) => o.name === name))
        throw new TruelineError("GRAPH_OUTPUT", `graph ${graphName}: output ${name} is named twice`);
      // What a node makes is given out under its public name; a copy is needed of what comes in, or goes out twice.
      if (made.has(value.name) && !renamed.has(value.name)) renamed.set(value.name, name);
      else nodes.push({ op: "Identity", domain: "", inputs: [value.name], outputs: [name], attributes: {} });
      outputs.push({ name, type: value.type, shape: value.shape });
    },
    finish: () => {
      const publicly = (name: string) => renamed.get(name) ?? name;
      return {
        name: graphName,
        inputs,
        weights: [...weights.values()],
        literals,
        nodes: nodes.map((n) => ({
          ...n,
          inputs: n.inputs.map(publicly),
          outputs: n.outputs.map(publicly),
        })),
        outputs,
      };
    },
  };
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
