// The library's `gap`: the same as the command without printing, with samples or a model as values; and its example runs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { TruelineError } from "../src/core/errors.ts";
import type { WriteAsk } from "../src/core/sample.ts";
import { gap, rngFrom, type GapSample, type Model } from "../src/index.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-gap-library-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string) => path.join(folder, name);

/** Writes by its seed alone; `around` may look at each ask first. */
function model(around: (asks: readonly WriteAsk[]) => void = () => undefined, frozen = false): Model {
  return {
    description: {
      id: "scripted:digits",
      title: "Digits",
      kind: "scripted",
      revision: { kind: "unpinned", because: "a script has no weights" },
      details: {},
    },
    batching: frozen
      ? {
          kind: "frozen",
          plan: (asks) => {
            if (asks.some(({ messages }) => messages[0]!.content.length > 100))
              throw new TruelineError("TOO_LONG", "an ask needs 900 tokens, the model's context holds 800");
            return asks.map((_, i) => ({ members: [i], layout: {} }));
          },
        }
      : { kind: "each", concurrency: 4 },
    choose: { kind: "absent", because: "it only writes" },
    write: async (asks) => {
      around(asks);
      return asks.map(({ seed }) => {
        const text = `${"so ".repeat(seed % 9)}${seed % 100}`;
        return {
          answer: { kind: "wrote", text, finish: { unified: "stop", raw: "" }, tokens: 1 },
          usage: { prefilled: 1, decoded: 1 },
        };
      });
    },
    close: async () => undefined,
  };
}

const length = ({ response }: { response: string }) => response.length;
const last = ({ response }: { response: string }) => Number(response.split(" ").at(-1));
const prompts = Array.from({ length: 32 }, (_, i) => `Question ${i}?`);

test("drawn replies are graded and measured in memory as they are in a folder, and a seed draws its own", async () => {
  const call = { samples: { prompts, model: model(), draws: 4 }, proxy: length, gold: last };
  const [bare, kept, other] = [
    await gap(call),
    await gap({ ...call, folder: inFolder("kept") }),
    await gap({ ...call, seed: 2 }),
  ];
  assert.deepEqual(bare.gaps, kept.gaps);
  assert.notDeepEqual(bare.gaps, other.gaps);
  assert.equal(bare.gaps[0]!.curve!.length, 4);
  assert.deepEqual(readdirSync(inFolder("kept")).toSorted(), [
    "card.md",
    "gap.json",
    "plan.jsonl",
    "prompts.jsonl",
    "report.html",
    "run.json",
    "samples.jsonl",
    "scores.jsonl",
  ]);
  assert.deepEqual(JSON.parse(readFileSync(path.join(inFolder("kept"), "run.json"), "utf8")).gaps, kept.gaps);
  assert.ok(bare.findings.every(({ replay }) => replay.length === 0));
  assert.ok(kept.findings[0]!.replay[0]!.startsWith("trueline replay "));
});

test("seeds hang on prompt and draw alone: prompts beside it and their order change no reply", async () => {
  const seedsOf = async (given: readonly string[]) => {
    const seeds = new Map<string, Set<number>>();
    const note = (asks: readonly WriteAsk[]) => {
      for (const { messages, seed } of asks) {
        const of = seeds.get(messages[0]!.content) ?? new Set();
        seeds.set(messages[0]!.content, of.add(seed));
      }
    };
    await gap({ samples: { prompts: given, model: model(note), draws: 3 }, proxy: length, gold: last });
    return seeds;
  };
  const few = await seedsOf(prompts.slice(0, 3));
  const many = await seedsOf(prompts.toReversed());
  for (const [prompt, seeds] of few) {
    assert.equal(seeds.size, 3);
    assert.deepEqual(seeds, many.get(prompt));
  }
});

test("stopped while it draws, it goes on with what is stored, and ends as if nothing had stopped it", async () => {
  const out = inFolder("stopped");
  let asks = 0;
  const stop = new AbortController();
  const counting = (most: number) =>
    model((asked) => {
      asks += asked.length;
      if (asks === most) stop.abort(new Error("enough"));
    });
  const call = { proxy: length, gold: last, folder: out };
  await assert.rejects(
    gap({ ...call, samples: { prompts, model: counting(50), draws: 4 }, signal: stop.signal }),
    /enough/,
  );
  const stored = readFileSync(path.join(out, "samples.jsonl"), "utf8").trimEnd().split("\n").length;
  assert.ok(stored >= 50 && stored < 60 && !existsSync(path.join(out, "run.json")), `${stored}`);
  const before = asks;
  const { gaps } = await gap({ ...call, samples: { prompts, model: counting(-1), draws: 4 } });
  assert.equal(asks - before, 128 - stored);
  assert.deepEqual(
    gaps,
    (await gap({ proxy: length, gold: last, samples: { prompts, model: model(), draws: 4 } })).gaps,
  );
});

test("scores that are given need no grader, and a called gold goes with them", async () => {
  const rng = rngFrom("library");
  const samples = Array.from({ length: 160 }, (_, i): GapSample => {
    const response = `${"so ".repeat(rng.int(8))}${rng.int(100)}`;
    return { prompt: `p${i % 40}`, response, proxy: response.length, gold: last({ response }) };
  });
  const [given, called] = [await gap({ samples }), await gap({ samples, gold: last })];
  assert.deepEqual(given.gaps, called.gaps);
  assert.ok(given.suites[0]!.rewards === undefined);
  const some = samples.map((sample, i) => (i % 3 === 0 ? { ...sample, gold: null } : sample));
  assert.equal((await gap({ samples: some })).gaps[0]!.verdict, "could-not-test");
  const silent = samples.map(({ response, ...sample }, i) =>
    i === 7 ? sample : { ...sample, response: response! },
  );
  const graded = await gap({ samples: silent, proxy: length });
  assert.equal(graded.gaps[0]!.bounds.kind, "bounds");
  assert.match(JSON.stringify(graded.suites[0]!.tallies), /no proxy: the row holds no response/);
});

test("a prompt that does not fit the model is named by its place", async () => {
  const long = [...prompts.slice(0, 2), "x".repeat(101)];
  await assert.rejects(
    gap({ samples: { prompts: long, model: model(undefined, true), draws: 2 }, proxy: length, gold: last }),
    /prompt 3: it does not fit the model: an ask needs 900 tokens/,
  );
});

test("a called gold that fails on few samples gives a verdict with bounds, and on many a reason that names its grader", async () => {
  const rng = rngFrom("failing gold");
  const samples = Array.from({ length: 240 }, (_, i): GapSample => {
    const response = `${"so ".repeat(rng.int(8))}${rng.int(100)}`;
    return { prompt: `p${i % 40}`, response, proxy: response.length };
  });
  const failing =
    (every: number) =>
    ({ response }: { readonly response: string }) => {
      if (last({ response }) % every === 1) throw new Error("crashed");
      return last({ response }) % 2;
    };
  const [few] = (await gap({ samples, gold: failing(50) })).gaps;
  assert.ok(few!.gap.kind === "excess" && few!.bounds.kind === "bounds");
  assert.match(few!.says, /lack the gold\) and are left out; had they been as bad or as good as can be/u);
  const [many] = (await gap({ samples, gold: failing(5) })).gaps;
  assert.equal(many!.verdict, "could-not-test");
  assert.match(many!.says, /grader of the gold left \d+ of 240 samples without a score/u);
});

for (const [what, call, message] of [
  ["no sample", { samples: [] }, /there is no sample/],
  [
    "no prompt",
    { samples: { prompts: [], model: model() }, proxy: length, gold: last },
    /there is no prompt/,
  ],
  [
    "a NaN",
    { samples: [{ prompt: "a", proxy: Number.NaN, gold: 1 }] },
    /proxy of sample 1 must be a finite number/,
  ],
  ["a margin of 0", { samples: [{ prompt: "a" }], margin: 0 }, /margin must lie above 0/],
  [
    "draws without a gold",
    { samples: { prompts, model: model() }, proxy: length },
    /both proxy and gold must be called/,
  ],
  [
    "temperature 0",
    { samples: { prompts, model: model(), temperature: 0 }, proxy: length, gold: last },
    /temperature must lie above 0/,
  ],
  ["a probability of 2", { samples: [{ prompt: "a", inclusion: 2 }] }, /inclusion of sample 1/],
] as const) {
  test(`${what} is refused in words`, async () => {
    await assert.rejects(gap(call), message);
  });
}

test("the folder of an audit, or of anything else, is left alone", async () => {
  const out = inFolder("other");
  await gap({ samples: { prompts, model: model(), draws: 2 }, proxy: length, gold: last, folder: out });
  rmSync(path.join(out, "gap.json"));
  const samples = prompts.map((prompt) => ({ prompt, proxy: 1, gold: 1 }));
  await assert.rejects(gap({ samples, folder: out }), /is not empty and holds no run of trueline gap/);
  assert.ok(!existsSync(path.join(out, "gap.json")));
});

test("the example of the library runs and says what it found", () => {
  const example = path.resolve(import.meta.dirname, "../examples/gap.ts");
  const printed = execFileSync(process.execPath, [example], { encoding: "utf8" });
  assert.match(
    printed,
    /^over-optimisation: gap\. No pressure is safe; from n = 2 on the intended thing falls/,
  );
  assert.match(printed, /it rewards length by \d\.\d standard deviations, n = 40\n$/);
});
