// Looks inside the default model: reads activations by name, changes one, and sees what the answer makes of it.
//
//   node examples/white-box.ts [PATH OF A GGUF FILE OR OF A FOLDER WITH SAFETENSORS]

import { openModel } from "../src/index.ts";

await using model = await openModel(process.argv[2] ?? "smollm2-135m-instruct");
const [france, japan] = ["The capital of France is", "The capital of Japan is"];
const best = (logits: Float32Array) => {
  const id = logits.reduce((top, x, i) => (x > logits[top]! ? i : top), 0);
  return model.tokenizer.decode([id]);
};

// Two prompts in one batch; only what is named comes back, without padding.
const clean = await model.run([france, japan], {
  cache: ["blocks.*.hook_resid_post", "blocks.0.attn.hook_pattern"],
});
const pattern = clean.get("blocks.0.attn.hook_pattern");
console.log(`${france}${best(clean.logits(0).values)}`);
console.log(`${pattern.name}: [${pattern.shape.join(", ")}] = [${pattern.axes.join(", ")}]`);

// What Japan's prompt holds at its last token goes into France's, one block at a time.
for (const layer of [5, 15, 25]) {
  using patched = await model.run(france, {
    edit: [
      {
        kind: "patch",
        at: `blocks.${layer}.hook_resid_post`,
        positions: "last",
        from: clean,
        fromPrompt: [1],
      },
    ],
  });
  console.log(`block ${layer} patched from Japan: ${best(patched.logits().values)}`);
}

// An edit works in every new token, too. Here all attention of one block is taken away while text is written.
const { replies } = await model.generate(france, {
  maxTokens: 8,
  edit: [{ kind: "ablate", with: "zero", at: "blocks.0.hook_attn_out", positions: "generated" }],
});
console.log(`without block 0's attention: ${JSON.stringify(replies[0]!.text)}`);
