// A graph made runnable: an ONNX Runtime session with its weights bound, once, by the way that was chosen.

import { InferenceSession, Tensor } from "onnxruntime-node";
import { TruelineError } from "../../core/errors.ts";
import type { Graph } from "./graph.ts";
import { serialize, type WeightsAs } from "./serialize.ts";

/** A weight as it lies in memory, row-major. */
export type Weight = { readonly shape: readonly number[]; readonly values: Float32Array };

/** A packed weight of `quantised/`: whole numbers of 4 or 8 bits. */
export type PackedWeight = { readonly shape: readonly number[]; readonly values: Uint8Array };

export type AnyWeight = Weight | PackedWeight;

export type SessionOptions = {
  readonly weightsAs: WeightsAs;
  readonly threads: number;
  /** Workers keep spinning between runs: for a session that has its cores to itself. */
  readonly spin?: boolean;
};

export type Feed = { readonly shape: readonly number[]; readonly values: Float32Array | BigInt64Array };

export interface GraphSession {
  /** Runs the graph. The arrays that come back belong to the caller. @throws TruelineError naming the graph. */
  run(
    feeds: Readonly<Record<string, Feed>>,
    /** The outputs wanted; all where absent. The others are computed and not copied out. */
    wanted?: readonly string[],
  ): Promise<Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>>;
  close(): Promise<void>;
}

export async function openSession(
  graph: Graph,
  weights: ReadonlyMap<string, AnyWeight>,
  options: SessionOptions,
): Promise<GraphSession> {
  const bound = boundWeights(graph, weights);
  const asConstants = options.weightsAs === "constants";
  const session = await InferenceSession.create(serialize(graph, options.weightsAs), {
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // Several sessions take turns: a worker that spins on after its run would keep the next session's worker from its core.
    ...(options.spin ? {} : { extra: { session: { force_spinning_stop: "1" } } }),
    ...(asConstants ? { externalData: externalData(bound) } : {}),
  });
  return runnable(graph.name, session, asConstants ? {} : weightTensors(bound));
}

/** Apart from `openSession`, so that what runs for long holds the tensors that it feeds and nothing else: constants are dropped. */
function runnable(
  name: string,
  session: InferenceSession,
  fixed: Readonly<Record<string, Tensor>>,
): GraphSession {
  return {
    run: async (feeds, wanted) => {
      const tensors: Record<string, Tensor> = { ...fixed };
      try {
        for (const [input, feed] of Object.entries(feeds)) tensors[input] = tensorOf(feed);
        const out = await (wanted === undefined ? session.run(tensors) : session.run(tensors, wanted));
        return Object.fromEntries(
          Object.entries(out).map(([output, t]) => [
            output,
            { shape: t.dims, values: t.data as Float32Array },
          ]),
        );
      } catch (error) {
        throw new TruelineError("GRAPH_RUN", `graph ${name}: ${reason(error)}`, { cause: error });
      }
    },
    close: () => session.release(),
  };
}

type BoundWeight = { readonly name: string; readonly weight: AnyWeight };

function boundWeights(graph: Graph, weights: ReadonlyMap<string, AnyWeight>): readonly BoundWeight[] {
  return graph.weights.map((w) => {
    const weight = weights.get(w.name);
    if (!weight)
      throw new TruelineError("WEIGHT_MISSING", `graph ${graph.name}: the model has no weight ${w.name}`);
    if (weight.shape.length !== w.shape.length || weight.shape.some((d, i) => d !== w.shape[i])) {
      throw new TruelineError(
        "WEIGHT_SHAPE",
        `graph ${graph.name}: weight ${w.name} should be [${w.shape}], is [${weight.shape}]`,
      );
    }
    if ((w.type === "uint8") !== weight.values instanceof Uint8Array)
      throw new TruelineError("WEIGHT_TYPE", `graph ${graph.name}: weight ${w.name} should be ${w.type}`);
    return { name: w.name, weight };
  });
}

function weightTensors(bound: readonly BoundWeight[]): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(bound.map(({ name, weight }) => [name, weightTensor(weight)]));
}

function weightTensor({ values, shape }: AnyWeight): Tensor {
  return values instanceof Uint8Array
    ? new Tensor("uint8", values, shape)
    : new Tensor("float32", values, shape);
}

function externalData(bound: readonly BoundWeight[]) {
  return bound.map(({ name, weight }) => ({ path: name, data: bytesOf(weight.values) }));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tensorOf(feed: Feed): Tensor {
  return feed.values instanceof BigInt64Array
    ? new Tensor("int64", feed.values, feed.shape)
    : new Tensor("float32", feed.values, feed.shape);
}

function bytesOf(values: Float32Array | Uint8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
