// Run as a program of its own: loads a model and prints how much memory the process had before, and at its peak, as JSON in bytes.
//
//   node load-memory.ts MODEL inputs|constants [check]     through loadModel, with its self-check or without
//   node load-memory.ts MODEL read                         every tensor as float32, all kept

import { readFileSync } from "node:fs";
import { loadModel } from "../../src/engine/load-model.ts";
import { openGguf } from "../../src/engine/weights/gguf-file.ts";
import { openSafetensors } from "../../src/engine/weights/safetensors/open-safetensors.ts";

const [model = "", how = "", check] = process.argv.slice(2);
const unchecked = { checked: { passed: true, checks: [] } };

/**
 * Where Linux says it, the peak of this program alone: what `resourceUsage` gives begins with the peak of the process that started
 * this one.
 */
function peak(): number {
  try {
    const found = /^VmHWM:\s*(\d+) kB$/mu.exec(readFileSync("/proc/self/status", "utf8"));
    if (found) return Number(found[1]) * 1024;
  } catch {
    // another system
  }
  return process.resourceUsage().maxRSS * 1024;
}

async function load(): Promise<unknown> {
  if (how === "inputs" || how === "constants")
    return loadModel(model, { threads: 1, weightsAs: how, ...(check === "check" ? {} : unchecked) });
  const file = await (model.endsWith(".gguf") ? openGguf(model) : openSafetensors(model));
  const kept: Float32Array[] = [];
  for (const name of file.tensors.keys()) kept.push(await file.read(name));
  await file.close();
  return kept;
}

const before = peak();
const kept = await load();
console.log(JSON.stringify({ before, peak: peak(), kept: kept !== undefined }));
// Not closed: what counts was seen.
