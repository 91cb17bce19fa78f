// From a command to the first token of a reply: a new process, the default model in the cache, its self-check passed before.
//
//   node bench/first-token.ts [--threads 2] [--repeat 5] [--quantised]
//
// The clock runs from before the process is started to when its first token has come back through a pipe: Node's own start, the hash
// record of the file, reading and unpacking the weights, the sessions and the prompt are all in it. The bar is 3 seconds.

import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { openDecoder } from "../src/engine/decode/open-decoder.ts";
import { loadModel } from "../src/engine/load-model.ts";
import { loadQuantised } from "../src/engine/load-quantised.ts";
import { openLocal } from "../src/engine/open-local.ts";
import { defaultModel } from "../src/model/catalogue.ts";

const { values } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    repeat: { type: "string", default: "5" },
    quantised: { type: "boolean", default: false },
    child: { type: "boolean", default: false },
  },
});

async function reply(): Promise<void> {
  const { model, selfCheck } = await openLocal(
    defaultModel,
    {
      env: process.env,
      home: homedir(),
      threads: Number(values.threads),
      ...(values.quantised ? { arithmetic: "quantised" as const } : {}),
    },
    values.quantised ? loadQuantised : loadModel,
  );
  const prompt = model.tokenizer.encodeConversation([
    { role: "user", content: "What is the capital of France?" },
  ]);
  const decoder = openDecoder(model.forward, model.tokenizer, { rows: 1 });
  for await (const event of decoder.decode({ prompt, maxTokens: 1, temperature: 0, topP: 1, seed: 1 }))
    if (event.kind === "token")
      process.stdout.write(`${JSON.stringify({ token: event.token, selfCheck })}\n`);
  await decoder.close();
  await model.close();
}

/** Seconds until the first line. */
function once(): Promise<{ readonly seconds: number; readonly told: string }> {
  const start = performance.now();
  const words = process.argv.slice(2);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [import.meta.filename, "--child", ...words], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let told = "";
    let seconds: number | undefined;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      seconds ??= (performance.now() - start) / 1000;
      told += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (seconds === undefined) reject(new Error(`the process said nothing and ended with ${code}`));
      else resolve({ seconds, told });
    });
  });
}

if (values.child) await reply();
else {
  // The first run may have to check the model: it does not count.
  const { told } = await once();
  const seconds: number[] = [];
  for (let i = 0; i < Number(values.repeat); i++) seconds.push((await once()).seconds);
  const sorted = seconds.toSorted((a, b) => a - b);
  console.log(`model: ${defaultModel}${values.quantised ? ", quantised" : ""}; ${told.trim()}`);
  console.log(`first token after ${sorted.map((s) => s.toFixed(2)).join(", ")} s; the bar is 3 s`);
}
