// A second opinion on tokens.json: llama.cpp's own cutting of the same strings. It prints where the two differ.
//
//   npm install --prefix ELSEWHERE --ignore-scripts node-llama-cpp@3.22.1
//   node test/golden/smollm2/llama-cpp-tokens.mjs ELSEWHERE MODEL.gguf

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [elsewhere, model] = process.argv.slice(2);
const { getLlama } = await import(
  pathToFileURL(path.resolve(elsewhere, "node_modules/node-llama-cpp/dist/index.js")).href
);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1 });
const loaded = await llama.loadModel({ modelPath: path.resolve(model), vocabOnly: true });
const { strings } = JSON.parse(readFileSync(new URL("tokens.json", import.meta.url), "utf8"));

let compared = 0;
const differ = [];
for (const { text, ids, idsAsText = ids } of strings) {
  for (const [special, wanted] of [
    [true, ids],
    [false, idsAsText],
  ]) {
    compared++;
    const found = [...loaded.tokenize(text, special)];
    if (found.join() !== wanted.join()) differ.push({ text, special, wanted, found });
  }
}
for (const row of differ) console.log(JSON.stringify(row));
console.log(`${compared} compared, ${differ.length} differ`);
await loaded.dispose();
await llama.dispose();
