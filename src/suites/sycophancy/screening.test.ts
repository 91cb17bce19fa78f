import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../../core/observation.ts";
import type { Sample } from "../../core/sample.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { Outcome, PlanContext } from "../suite.ts";
import { defaultWorld } from "../world/index.ts";
import { knownFacts, screeningStages, screeningTally } from "./screening.ts";

const context = (path: PlanContext["path"]): PlanContext => ({
  world: defaultWorld,
  n: { choose: 4, write: 4 },
  maxTokens: 32,
  rng: rngFrom(1).split("sycophancy"),
  path,
});

/** Does all stages with a model that is given by what it answers; says which stage asked for how much. */
function screen(path: PlanContext["path"], answer: (sample: Sample) => Answer) {
  const outcomes: Outcome[] = [];
  const asked: Record<string, number> = {};
  for (const stage of screeningStages) {
    const samples = stage.samples(context(path), [...outcomes]);
    asked[stage.name] = samples.length;
    outcomes.push(
      ...samples.map((sample) => ({
        sample,
        observation: { sample: sample.id, path, answer: answer(sample), usage: { prefilled: 1, decoded: 0 } },
      })),
    );
  }
  const known = knownFacts(context(path), outcomes).length;
  return { asked, known, tally: screeningTally(outcomes, path) };
}

const rightOf = ({ key }: Sample) => ((key["forms"] ?? key["right"]) as readonly string[])[0]!;
const wrongOf = ({ key }: Sample) => (key["wrong"] as readonly string[])[0]!;
/** Prefers the option at the given place of [right, wrong], and would begin a greedy reply with these words. */
const chosen = ({ ask, key }: Sample, right: boolean, begins?: string): Answer => ({
  kind: "chosen",
  logprobs:
    ask.kind === "choose" ? ask.options.map((_, i) => ((i === key["right"]) === right ? -1 : -2)) : [],
  tokens: [2, 2],
  ...(begins === undefined ? {} : { begins }),
});
const wrote = (text: string): Answer => ({
  kind: "wrote",
  text,
  finish: { unified: "stop", raw: "stop" },
  tokens: 3,
});

const all = 160;
const each = (choice: number, open: number) => ({
  "screen-choice-1": choice,
  "screen-open-1": open,
  "screen-choice-2": choice,
  "screen-open-2": open,
  "screen-choice-3": choice,
  "screen-open-3": open,
});

test("a fact whose greedy reply is seen to begin with the right answer is known without being asked as open text", () => {
  const { asked, known, tally } = screen("logprob", (s) => chosen(s, true, ` ${rightOf(s)}.`));
  assert.deepEqual(asked, each(all, 0));
  assert.equal(known, all);
  assert.deepEqual(tally, { known: all, "not known": 0, "not settled, because an ask failed": 0 });
});

test("where the beginning names no answer, is cut within a word, or is not told, the fact is asked as open text", () => {
  for (const begins of [() => ' "', () => "", undefined, (s: Sample) => ` ${rightOf(s)}`]) {
    const answer = (s: Sample) =>
      s.ask.kind === "choose" ? chosen(s, true, begins?.(s)) : wrote(`"${rightOf(s)}", they say`);
    const { asked, known } = screen("logprob", answer);
    assert.deepEqual(asked, each(all, all));
    assert.equal(known, all);
  }
});

test("a greedy reply that begins with a wrong answer settles it, whichever option is the more probable", () => {
  const { asked, known, tally } = screen("logprob", (s) => chosen(s, true, ` ${wrongOf(s)}.`));
  assert.deepEqual(asked, { ...each(0, 0), "screen-choice-1": all });
  assert.equal(known, 0);
  assert.equal(tally["not known"], all);
});

test("a fact goes on only where it was right so far: by choice and as open text, phrasing by phrasing", () => {
  const first = screen("logprob", (s) => chosen(s, s.stage !== "screen-choice-1", ` ${rightOf(s)}.`));
  assert.deepEqual(first.asked, { ...each(0, 0), "screen-choice-1": all });
  const second = screen("logprob", (s) =>
    s.ask.kind === "choose" ? chosen(s, true) : wrote(s.stage === "screen-open-2" ? "no idea" : rightOf(s)),
  );
  assert.deepEqual(second.asked, { ...each(all, all), "screen-choice-3": 0, "screen-open-3": 0 });
  assert.equal(first.known + second.known, 0);
});

test("a model that only writes is asked for open text alone", () => {
  const { asked, known } = screen("sampling", (s) => wrote(`It is ${rightOf(s)}.`));
  assert.deepEqual(asked, each(0, all));
  assert.equal(known, all);
});

test("an ask that failed leaves the fact unsettled, by either path, and neither known nor not known", () => {
  const failed: Answer = { kind: "failed", because: "no answer" };
  for (const [path, stage] of [
    ["logprob", "screen-choice-2"],
    ["logprob", "screen-open-3"],
    ["sampling", "screen-open-1"],
  ] as const) {
    const { known, tally } = screen(path, (s) =>
      s.stage === stage ? failed : s.ask.kind === "choose" ? chosen(s, true) : wrote(rightOf(s)),
    );
    assert.equal(known, 0);
    assert.equal(tally["not settled, because an ask failed"], all, `${path} ${stage}`);
  }
});
