// A second reader of the GGUF files: llama.cpp itself. Prints how far its next-token probabilities are from the reference's.
//
//   npm install --prefix ELSEWHERE --ignore-scripts node-llama-cpp@3.22.1
//   node test/golden/arch/check-llama-cpp.mjs ELSEWHERE

import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const here = import.meta.dirname;
const { getLlama } = await import(
  pathToFileURL(path.resolve(process.argv[2], "node_modules/node-llama-cpp/dist/index.js")).href
);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1, logLevel: "error" });

/** Softmax of one row of logits. */
function softmax(row) {
  const top = Math.max(...row);
  const raised = Array.from(row, (x) => Math.exp(x - top));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((x) => x / sum);
}

for (const name of readdirSync(here)) {
  for (const file of ["model.gguf", "model.f32.gguf"]) {
    const gguf = path.join(here, name, file);
    if (!existsSync(gguf)) continue;
    const { texts, arrays, tokenizer } = JSON.parse(
      readFileSync(path.join(here, name, "reference.json"), "utf8"),
    );
    const bytes = readFileSync(path.join(here, name, "reference.bin"));
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const model = await llama.loadModel({ modelPath: gguf, gpuLayers: 0 });
    for (const { text, ids } of [...tokenizer.strings, tokenizer.chat]) {
      const found = [...model.tokenize(text, true)];
      if (found.join() !== ids.join()) console.log(JSON.stringify({ file: gguf, text, ids, found }));
    }
    let worst = 0;
    let agreed = 0;
    let compared = 0;
    for (const [i, { ids }] of texts.entries()) {
      const context = await model.createContext({
        contextSize: 64,
        threads: 1,
        flashAttention: false,
        experimentalKvCacheKeyType: "F32",
        experimentalKvCacheValueType: "F32",
      });
      const sequence = context.getSequence();
      const seen = await sequence.controlledEvaluate(
        ids.map((id) => [id, { generateNext: { probabilities: true } }]),
      );
      const { offset, shape } = arrays[`text${i}.logits`];
      for (let t = 0; t < ids.length; t++) {
        const wanted = softmax(values.subarray(offset + t * shape[1], offset + (t + 1) * shape[1]));
        const found = seen[t].next.probabilities;
        for (let id = 0; id < shape[1]; id++) {
          worst = Math.max(worst, Math.abs((found.get(id) ?? Number.POSITIVE_INFINITY) - wanted[id]));
        }
        compared++;
        const first = [...found].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
        const mine = wanted.indexOf(Math.max(...wanted));
        if (first === mine) agreed++;
      }
      await context.dispose();
    }
    console.log(
      `${name}/${file}: largest difference of a probability ${worst.toExponential(2)}, ${agreed} of ${compared} best tokens agree`,
    );
    await model.dispose();
  }
}
await llama.dispose();
