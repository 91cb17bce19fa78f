// Published figures of GPT-2 small (124 million parameters), for a user who has its files.

import type { WhiteBox } from "../../hooks/white-box.ts";
import type { KnownModel } from "./known-figure.ts";
import { meanLoss } from "./mean-loss.ts";

const BOS = 50256;

/**
 * The eight prompts whose logit difference is published: the inputs of that measurement, without which its figure says nothing. Two
 * names, a frame, and who speaks; the answer is the other one (task of Wang et al. 2022, arXiv 2211.00593).
 */
const FRAMES = [
  ["John", "Mary", "When {a} and {b} went to the shops,{s} gave the bag to"],
  ["Tom", "James", "When {a} and {b} went to the park,{s} gave the ball to"],
  ["Dan", "Sid", "When {a} and {b} went to the shops,{s} gave an apple to"],
  ["Martin", "Amy", "After {a} and {b} went to the park,{s} gave a drink to"],
] as const;

export const gpt2: KnownModel = {
  is: ({ family, nLayers, dModel, dVocab }) =>
    family === "gpt2" && nLayers === 12 && dModel === 768 && dVocab === BOS + 1,
  figures: [
    {
      name: 'loss of "Hello world!" after the beginning-of-text token',
      wanted: 5.331855774,
      tolerance: 4e-5,
      source: "TransformerLens, tests/acceptance/test_hooked_transformer.py",
      measure: (model) => meanLoss(model, [BOS, ...model.tokenizer.encode("Hello world!")]),
    },
    {
      name: "indirect objects, mean difference of the two names' logits",
      wanted: 3.5519,
      tolerance: 1e-3,
      source: "TransformerLens, activation patching demo, eight prompts",
      measure: meanDifference,
    },
  ],
};

async function meanDifference(model: WhiteBox): Promise<number> {
  const cases = FRAMES.flatMap(([a, b, frame]) =>
    [
      [a, b],
      [b, a],
    ].map(([speaker, other]) => ({
      tokens: [
        BOS,
        ...model.tokenizer.encode(frame.replace("{a}", a).replace("{b}", b).replace("{s}", ` ${speaker}`)),
      ],
      right: model.tokenizer.encode(` ${other}`)[0]!,
      wrong: model.tokenizer.encode(` ${speaker}`)[0]!,
    })),
  );
  using run = await model.run(cases);
  const differences = cases.map(({ right, wrong }, i) => {
    const { values } = run.logits(i);
    return values[right]! - values[wrong]!;
  });
  return differences.reduce((x, y) => x + y, 0) / differences.length;
}
