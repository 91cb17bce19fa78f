// The audit of real preferences: the harmlessness test pairs of hh-rlhf, which lie beside the clone and not in it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { rngFrom } from "../stats/index.ts";
import { auditPreferences } from "./preference-audit.ts";
import { readHhPair } from "./read-hh-pair.ts";

const file = path.resolve(import.meta.dirname, "../../../shared/data/hh_rlhf/harmless-base_test.jsonl.gz");

test(
  "in hh-rlhf's harmlessness pairs the longer reply is chosen in 44 % of pairs, the apologetic one in 71 %",
  { skip: existsSync(file) ? false : `${file} is not there` },
  () => {
    const rows = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
    const read = rows.map((line) => readHhPair(JSON.parse(line)));
    const pairs = read.flatMap((one) => (one.kind === "pair" ? [one.pair] : []));
    const reasons = read.flatMap((one) => (one.kind === "unparseable" ? [one.because] : []));
    assert.equal(rows.length, 2312);
    assert.deepEqual(
      reasons,
      Array.from({ length: 5 }, () => "the dialogues differ before the last reply"),
    );

    const audit = auditPreferences(pairs, { rng: rngFrom("hh-rlhf") });
    assert.equal(audit.pairs, 2307);
    const row = (name: string) => {
      const found = audit.attributes.find((one) => one.name === name);
      if (found?.chosenHasMore.kind !== "rate" || found.test.kind !== "tested")
        throw new Error(`no figures for ${name}`);
      return { differing: found.differing, ...found.chosenHasMore, test: found.test };
    };
    const length = row("length");
    assert.equal(audit.attributes[0]?.name, "length");
    assert.equal(length.differing, 2259);
    assert.equal(length.n, 2129);
    assert.equal(Math.round(length.point * length.differing), 990);
    assert.ok(length.interval.low > 0.415 && length.interval.high < 0.462 && length.test.discovered);
    const apology = row("apology");
    assert.ok(apology.interval.low > 0.65 && apology.interval.high < 0.77 && apology.test.discovered);
  },
);
