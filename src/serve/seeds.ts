// Seeds of the choices: the request's own for its first choice, and others that depend on it alone.

import { createHash } from "node:crypto";

/** Seeds for requests that bring none: the k-th differs from all others, and is the same after a restart. */
export function seedSource(start: number): () => number {
  let count = 0;
  return () => hashed(`${start} request ${++count}`);
}

export function seedOf(seed: number, choice: number): number {
  return choice === 0 ? seed : hashed(`${seed} choice ${choice}`);
}

/** 32 bits, never negative. */
function hashed(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}
