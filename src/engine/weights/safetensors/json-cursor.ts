// Reads JSON as a format asks for it, straight from the bytes: nothing is built that was not asked for, and no key stands twice.

import { modelFaults } from "./model-faults.ts";

/** Each method reads one value and stands behind it after that. `what` names it in messages. */
export type JsonCursor = {
  /** Calls `entry` with each key; it must read the value. A key that stands there twice is refused. */
  readonly object: (what: string, entry: (key: string) => void) => void;
  /** Calls `item` at each item; it must read it. */
  readonly list: (what: string, item: (index: number) => void) => void;
  /** @param most bytes, as they are written */
  readonly text: (what: string, most: number) => string;
  /** A whole number from 0 to 2^53 - 1, written as such: no sign, no fraction, no exponent. */
  readonly whole: (what: string) => number;
  /** Any value, which is checked and let go. */
  readonly skip: (what: string) => void;
  /** Refuses anything but white space in what is left. */
  readonly end: () => void;
};

/** Twice the tensors of the largest model of many experts. */
const KEYS = 500_000;
const KEY_BYTES = 1_024;
/** A value that is skipped lies no deeper in lists and objects than this. */
const DEPTH = 32;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/** @param fail throws the error for what is wrong, in words that follow "… is corrupt: " */
export function jsonCursor(bytes: Uint8Array, fail: (what: string) => never): JsonCursor {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let at = 0;
  let depth = 0;

  const blank = () => {
    while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  };
  const next = () => {
    blank();
    return bytes[at];
  };
  const wrong = (what: string, wanted: string): never =>
    fail(
      at < bytes.length
        ? `${what} should be ${wanted} at byte ${at} of its JSON`
        : `its JSON ends within ${what}, after ${bytes.length} bytes`,
    );
  const take = (byte: number, what: string) => {
    if (next() !== byte) wrong(what, `followed by ${String.fromCharCode(byte)}`);
    at++;
  };
  /** Items up to `close`, with commas between them. */
  const items = (what: string, close: number, item: (index: number) => void) => {
    if (next() === close) return void at++;
    for (let index = 0; ; index++) {
      item(index);
      if (next() === close) return void at++;
      take(COMMA, what);
    }
  };

  const object: JsonCursor["object"] = (what, entry) => {
    if (next() !== OPEN_BRACE) wrong(what, "an object");
    at++;
    const seen = new Set<string>();
    items(what, CLOSE_BRACE, () => {
      const key = text(`a key of ${what}`, KEY_BYTES);
      if (seen.has(key)) fail(`${modelFaults.named(key)} stands twice in ${what}`);
      if (seen.size === KEYS) fail(`${what} has more than ${KEYS} entries`);
      seen.add(key);
      take(COLON, `the key ${modelFaults.named(key)}`);
      entry(key);
    });
  };
  const list: JsonCursor["list"] = (what, item) => {
    if (next() !== OPEN_BRACKET) wrong(what, "a list");
    at++;
    items(what, CLOSE_BRACKET, item);
  };
  function text(what: string, most: number): string {
    if (next() !== QUOTE) wrong(what, "a text in double quotes");
    const from = ++at;
    let escapes = false;
    for (; bytes[at] !== QUOTE; at++) {
      if (at >= bytes.length) wrong(what, "a text in double quotes");
      if (at - from >= most) fail(`${what} is longer than ${most} bytes`);
      if (bytes[at]! < 0x20) wrong(what, "free of control characters");
      if (bytes[at] === BACKSLASH) {
        escapes = true;
        at++;
      }
    }
    const written = bytes.subarray(from, at);
    at++;
    try {
      const plain = utf8.decode(written);
      const value = escapes ? (JSON.parse(`"${plain}"`) as string) : plain;
      if (value.isWellFormed()) return value;
    } catch {
      // Said below, in the same words for all three: not UTF-8, an escape that does not exist, half of a surrogate pair.
    }
    return fail(`${what} is not valid text, at byte ${from} of its JSON`);
  }
  const whole: JsonCursor["whole"] = (what) => {
    next();
    const written = token();
    const value = /^(?:0|[1-9]\d{0,15})$/.test(written) ? Number(written) : undefined;
    if (value !== undefined && Number.isSafeInteger(value)) return value;
    return fail(
      `${what} is ${written === "" ? "no number" : written}, which is not a whole number from 0 to 2^53 - 1`,
    );
  };
  /** The number or word that begins here, or its first 40 characters. */
  function token(): string {
    const from = at;
    while (at < bytes.length && at - from < 40 && /[\w+.-]/.test(String.fromCharCode(bytes[at]!))) at++;
    return String.fromCharCode(...bytes.subarray(from, at));
  }
  const skip: JsonCursor["skip"] = (what) => {
    if (depth === DEPTH) fail(`${what} lies more than ${DEPTH} levels deep`);
    depth++;
    const first = next();
    if (first === OPEN_BRACE) object(what, () => skip(what));
    else if (first === OPEN_BRACKET) list(what, () => skip(what));
    else if (first === QUOTE) text(what, bytes.length);
    else if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(token()))
      wrong(what, "JSON");
    depth--;
  };
  const end = () => {
    blank();
    if (at < bytes.length) fail(`there is more behind the end of its JSON, at byte ${at}`);
  };
  return { object, list, text, whole, skip, end };
}
