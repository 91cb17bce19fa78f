// Keeps a key out of every word that is stored or shown, in whatever part of a reply the server has sent it back.

import { SetupError } from "../../core/errors.ts";

/** A piece of the key of so many characters is as good as hidden: shorter ones stand in ordinary text by chance. */
const PIECE = 12;
/** A shorter key ("EMPTY", "test") is a stand-in that ordinary text may hold: what the model says is not changed for it. */
const SHORTEST_SECRET = 8;
const SHOWN = 200;

export type KeyGuard = {
  /** The key as it is sent; absent for none. */
  readonly key: string | undefined;
  /** What the model said, whole, with each piece of the key replaced. */
  readonly said: (text: string) => string;
  /** What the server said of a fault, on one line, cut short. */
  readonly quoted: (text: string) => string;
};

/** @throws SetupError when the key holds what no header may: it is not shown. */
export function keyGuard(given: string | undefined): KeyGuard {
  const key = given?.trim();
  if (key === undefined || key === "") return guard(undefined);
  if (!/^[\x21-\x7e]+$/u.test(key)) {
    throw new SetupError("API_KEY", "the key holds a character that no key may hold", {
      hint: "Keys are plain letters, digits and marks on one line: see whether a whole file or a quoted text was taken for it.",
    });
  }
  return guard(key);
}

function guard(key: string | undefined): KeyGuard {
  const oneLine = (text: string) => text.replaceAll(/[\s\p{C}]+/gu, " ").trim();
  const cut = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
  return {
    key,
    said: (text) => (key === undefined || key.length < SHORTEST_SECRET ? text : withoutPieces(text, key)),
    quoted: (text) => cut(key === undefined ? oneLine(text) : withoutPieces(oneLine(text), key)),
  };
}

/** Each stretch of the text that is made of pieces of the key becomes "[key]". */
function withoutPieces(text: string, key: string): string {
  const length = Math.min(PIECE, key.length);
  const pieces = new Set(Array.from({ length: key.length - length + 1 }, (_, i) => key.slice(i, i + length)));
  let out = "";
  let shownFrom = 0;
  let hiddenTo = 0;
  for (let i = 0; i + length <= text.length; i++) {
    if (!pieces.has(text.slice(i, i + length))) continue;
    if (i > hiddenTo || hiddenTo === 0) {
      out += `${text.slice(shownFrom, i)}[key]`;
    }
    hiddenTo = i + length;
    shownFrom = hiddenTo;
  }
  return out + text.slice(shownFrom);
}
