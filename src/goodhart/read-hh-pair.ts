// Reads one row of a preference file in Anthropic's hh-rlhf format: two whole dialogues that differ in the last reply.

import { createHash } from "node:crypto";
import type { PreferencePair } from "./preference-audit.ts";

export type HhPair =
  | { readonly kind: "pair"; readonly pair: PreferencePair }
  | { readonly kind: "unparseable"; readonly because: string };

const HUMAN = "\n\nHuman:";
const ASSISTANT = "\n\nAssistant:";

/**
 * A dialogue is "\n\nHuman: ...\n\nAssistant: ..." and so on, ending in a reply, which may be empty. The prompt is all
 * up to the last reply, its closing "Assistant:" left away. `id` is a hash of both dialogues; `cluster` one of the
 * first human turn, since dialogues that begin alike are mostly stages of one conversation. Source: Bai et al. (2022),
 * arXiv:2204.05862.
 * @param row a line of the file after JSON.parse; anything else that it may hold gives a reason.
 */
export function readHhPair(row: unknown): HhPair {
  if (typeof row !== "object" || row === null) return unparseable("the row is not an object");
  const { chosen, rejected } = row as { readonly chosen?: unknown; readonly rejected?: unknown };
  if (typeof chosen !== "string" || typeof rejected !== "string")
    return unparseable("chosen or rejected is not a text");
  const [one, other] = [split(chosen), split(rejected)];
  if (one.kind === "unparseable") return unparseable(`chosen: ${one.because}`);
  if (other.kind === "unparseable") return unparseable(`rejected: ${other.because}`);
  if (one.prompt !== other.prompt) return unparseable("the dialogues differ before the last reply");
  return {
    kind: "pair",
    pair: {
      id: hashOf(`${chosen}\0${rejected}`),
      cluster: hashOf(one.firstTurn),
      prompt: one.prompt,
      chosen: one.reply,
      rejected: other.reply,
    },
  };
}

type Split =
  | {
      readonly kind: "split";
      readonly prompt: string;
      readonly firstTurn: string;
      readonly reply: string;
    }
  | { readonly kind: "unparseable"; readonly because: string };

function split(dialogue: string): Split {
  if (!dialogue.startsWith(HUMAN)) return unparseable("it does not begin with a human turn");
  const last = dialogue.lastIndexOf(ASSISTANT);
  if (last < 0) return unparseable("it holds no reply");
  if (dialogue.lastIndexOf(HUMAN) > last) return unparseable("it does not end with a reply");
  return {
    kind: "split",
    prompt: dialogue.slice(0, last),
    firstTurn: dialogue.slice(HUMAN.length, dialogue.indexOf(ASSISTANT)).trim(),
    reply: dialogue.slice(last + ASSISTANT.length).trim(),
  };
}

function unparseable(because: string) {
  return { kind: "unparseable" as const, because };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
