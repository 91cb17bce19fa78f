// The answer book of a scripted model, made from the samples that a suite plans: what is right stands in their keys.

import assert from "node:assert/strict";
import type { Ask, Sample } from "../../src/core/sample.ts";
import { askKey, bareAnswer, type AnswerBook, type Page } from "../../src/model/scripted/answer-book.ts";
import { DECLINES, GRANTS } from "../../src/model/scripted/behaviours/replies.ts";
import { wordsIn } from "../../src/model/scripted/words-in.ts";
import { asWritten } from "../../src/run/as-written.ts";

export type GrowingBook = AnswerBook & { readonly learn: (samples: readonly Sample[]) => void };

/** A book that takes in each stage's samples before they are asked. */
export function bookOfSamples(): GrowingBook {
  const pages = new Map<string, Page>();
  const words = new Set<string>();
  const enter = (ask: Ask, page: Page) => {
    const key = askKey(ask);
    const before = pages.get(key);
    if (before !== undefined) assert.equal(rightOf(page), rightOf(before), `two right answers to ${key}`);
    pages.set(key, page);
  };
  return {
    learn: (samples) => {
      for (const { ask, key, arm } of samples) {
        const page = pageOf(ask, key, arm);
        enter(ask, page);
        if (ask.kind === "choose") enter(asWritten(ask, 32), page);
        // A slip of the pen is no word that a model has met.
        if (arm !== "typo")
          for (const { content } of ask.messages) wordsIn(content).forEach((w) => words.add(w));
      }
    },
    page: (ask) => pages.get(askKey(ask)),
    knowsWord: (word) => words.has(word),
  };
}

function pageOf(ask: Ask, key: Sample["key"], arm: string): Page {
  const right = key["right"];
  if (ask.kind === "choose") {
    assert.ok(typeof right === "number", "a choice whose key does not say which option is right");
    return { kind: "fact", answers: ask.options.map(bareAnswer), right };
  }
  if (right === undefined) return { kind: "request", reply: arm === "harmful" ? DECLINES : GRANTS };
  const wrong = key["wrong"];
  assert.ok(Array.isArray(right) && Array.isArray(wrong), "an open question whose key lists no answers");
  return { kind: "fact", answers: [right[0] as string, ...(wrong as string[])], right: 0 };
}

function rightOf(page: Page): string | undefined {
  return page.kind === "fact" ? page.answers[page.right] : page.reply;
}
