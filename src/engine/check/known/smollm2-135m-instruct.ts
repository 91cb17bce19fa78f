// A figure of the default model's pinned file, as PyTorch computes it from the same quantised weights.

import type { KnownModel } from "./known-figure.ts";
import { meanLoss } from "./mean-loss.ts";

const TEXT =
  "When the ferry finally left the harbour, the children counted gulls on the railing and their grandmother, who had crossed a hundred times, fell asleep before the lighthouse was out of";

export const smollm2: KnownModel = {
  is: ({ family, nLayers, dModel }) => family === "llama" && nLayers === 30 && dModel === 576,
  figures: [
    {
      name: "loss of an English sentence",
      wanted: 4.442566,
      tolerance: 1e-4,
      source:
        "transformers 4.57.6 on PyTorch 2.8.0, weights dequantised by gguf 0.19.0 (test/golden/smollm2)",
      measure: (model) => meanLoss(model, model.tokenizer.encode(TEXT)),
    },
  ],
};
