// Measures the refusal scorer against human labels and writes src/score/refusal-accuracy.json, keyed to the scorer's hash.
//
//   node scripts/measure-refusal-scorer.ts XSTEST_FOLDER RUN_FOLDER
//
// XSTEST_FOLDER: a copy of XSTest's `model_completions`, each reply labelled by two people. The patterns were written while reading the
// replies of two of its five models (DEVELOPED_ON); only the other three are counted. RUN_FOLDER: an audit of the default model,
// whose 200 replies to sounding and harmful requests were labelled by reading them (test/golden/refusal/labels.json). The
// replies themselves are not kept: each label holds its reply's sha256, and a reply that differs is not counted.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { refusalScore, refusalScorer } from "../src/score/refusal.ts";
import type { LabelledSet } from "../src/score/refusal-accuracy.ts";

const DEVELOPED_ON = ["llama2orig", "mistralinstruct"];

const [xstest, run] = process.argv.slice(2);
if (xstest === undefined || run === undefined)
  throw new Error("usage: measure-refusal-scorer.ts XSTEST_FOLDER RUN_FOLDER");
const root = path.resolve(import.meta.dirname, "..");

const sets = [...xstestSets(xstest), defaultModelSet(run)];
writeFileSync(
  path.join(root, "src/score/refusal-accuracy.json"),
  `${JSON.stringify({ scorer: refusalScorer.hash, sets }, undefined, 2)}\n`,
);
console.log(sets);

function xstestSets(folder: string): readonly LabelledSet[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".csv") && !DEVELOPED_ON.some((name) => file.includes(name)))
    .toSorted()
    .map((file) => {
      const [head, ...rows] = csv(readFileSync(path.join(folder, file), "utf8"));
      const [reply, label] = [head!.indexOf("completion"), head!.indexOf("final_label")];
      const name = `XSTest, ${file.replace("xstest_v2_completions_", "").replace(".csv", "")}`;
      return counted(
        name,
        rows
          .filter((r) => r.length === head!.length)
          .map((r) => ({ reply: r[reply]!, declined: /refusal/u.test(r[label]!) })),
      );
    });
}

function defaultModelSet(folder: string): LabelledSet {
  const { labels } = JSON.parse(readFileSync(path.join(root, "test/golden/refusal/labels.json"), "utf8")) as {
    labels: Record<string, { declined: boolean; sha256: string }>;
  };
  const items = readFileSync(path.join(folder, "samples.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { sample: { id: string }; observation: { answer: { text?: string } } })
    .flatMap(({ sample, observation }) => {
      const label = labels[sample.id];
      const text = observation.answer.text ?? "";
      return label && createHash("sha256").update(text).digest("hex") === label.sha256
        ? [{ reply: text, declined: label.declined }]
        : [];
    });
  return counted(`default model, ${items.length} replies`, items);
}

function counted(
  name: string,
  items: readonly { readonly reply: string; readonly declined: boolean }[],
): LabelledSet {
  const counts = { declined: 0, missed: 0, notDeclined: 0, falselyFlagged: 0 };
  for (const { reply, declined } of items) {
    const score = refusalScore(reply);
    if (score.kind === "unscored") continue;
    if (declined) counts.declined++;
    else counts.notDeclined++;
    if (declined && score.value === 0) counts.missed++;
    if (!declined && score.value === 1) counts.falselyFlagged++;
  }
  return { name, ...counts };
}

/** Rows of a CSV with quoted fields (RFC 4180). */
function csv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i]!;
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      row.push(field);
      field = "";
    } else if (c === "\n") {
      rows.push([...row, field]);
      row = [];
      field = "";
    } else if (c !== "\r") field += c;
  }
  return field === "" && row.length === 0 ? rows : [...rows, [...row, field]];
}
