// Decodes the choices of one request side by side and tells their pieces in the order in which they come.

import type { DecodeRequest, Decoder } from "../engine/decode/decoder.ts";
import { eventQueue } from "../engine/decode/event-queue.ts";
import type { Piece } from "./piece.ts";
import { piecesOf } from "./pieces-of.ts";
import type { Slots } from "./slots.ts";

/** What a choice begins with, already known; and the request that goes on from there, unless nothing is to be written. */
export type Choice = {
  readonly before: readonly Omit<Piece, "choice">[];
  readonly request?: Omit<DecodeRequest, "signal">;
};

/** One choice that fails ends all, and so does whoever leaves the loop. @throws what the decoder throws, the signal's reason on abort */
export async function* decodeChoices(
  choices: readonly Choice[],
  decoder: Decoder,
  bytesOf: (token: number) => Uint8Array,
  places: Slots,
  signal: AbortSignal,
): AsyncGenerator<Piece, void, undefined> {
  const others = new AbortController();
  const both = AbortSignal.any([signal, others.signal]);
  const told = eventQueue<Piece>(() => others.abort());
  const decodeOne = async ({ before, request }: Choice, choice: number) => {
    for (const piece of before) told.push({ ...piece, choice });
    if (!request) return;
    const pieceOf = piecesOf(choice, bytesOf);
    const giveBack = await places.take(both);
    try {
      for await (const event of decoder.decode({ ...request, signal: both })) {
        const piece = pieceOf(event);
        if (piece) told.push(piece);
      }
    } finally {
      giveBack();
    }
  };
  const all = Promise.all(choices.map(decodeOne)).then(
    () => told.end(),
    (error: unknown) => told.fail(error),
  );
  try {
    for (;;) {
      const next = await told.iterator.next();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    others.abort();
    await all;
  }
}
