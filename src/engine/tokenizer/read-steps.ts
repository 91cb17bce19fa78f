// The normalizer and the pre-tokenizer of a tokenizer.json, as the library reads them rightly; what it would misread is refused.

import { shown } from "../weights/shown.ts";
import { own } from "./folder-files.ts";
import { bytesStep, gpt2Split } from "./pre-tokenizers.ts";
import { Unsupported } from "./unsupported.ts";

const DEEPEST = 8;
const LONGEST_PATTERN = 4000;

/** @returns the same in the library's form. @throws Unsupported */
export function readNormalizer(step: unknown, depth = 0): unknown {
  if (step === null) return null;
  const type = own(step, "type");
  if (type === "Sequence")
    return { type, normalizers: listOf(step, "normalizers", depth).map((s) => readNormalizer(s, depth + 1)) };
  if (type === "NFC" || type === "NFD" || type === "NFKC" || type === "NFKD") return { type };
  if (type === "Prepend") return { type, prepend: textIn(step, "prepend") };
  if (type === "Replace")
    return { type, pattern: patternOf(own(step, "pattern")), content: textIn(step, "content") };
  throw new Unsupported(`its normalizer ${shown(step)} is not supported`);
}

/** @returns the same in the library's form, with its own expressions where its are not the reference's. @throws Unsupported */
export function readPreTokenizer(step: unknown, depth = 0): unknown {
  if (step === null) return null;
  const type = own(step, "type");
  if (type === "Sequence") {
    const pretokenizers = listOf(step, "pretokenizers", depth).map((s) => readPreTokenizer(s, depth + 1));
    return { type, pretokenizers };
  }
  if (type === "ByteLevel") {
    const prefix = own(step, "add_prefix_space") === true;
    if (own(step, "use_regex") === false) return { ...bytesStep, add_prefix_space: prefix };
    if (!prefix) return sequence(gpt2Split, bytesStep);
    // The space goes before the whole piece, and it is cut after that.
    throw new Unsupported("its pre-tokenizer ByteLevel with add_prefix_space is not supported");
  }
  if (type === "Digits") {
    const one = own(step, "individual_digits") === true;
    return isolated({ Regex: one ? String.raw`\p{N}` : String.raw`\p{N}+` });
  }
  if (type === "Metaspace") return metaspace(step);
  if (type === "Split") {
    const pattern = patternOf(own(step, "pattern"));
    const [behavior, invert] = [own(step, "behavior"), own(step, "invert") === true];
    // Isolated, matches and what is between them are pieces either way.
    if (behavior === "Isolated") return isolated(pattern);
    if (behavior === "Removed" && "Regex" in pattern) return { type, pattern, behavior, invert };
  }
  throw new Unsupported(`its pre-tokenizer ${shown(step)} is not supported`);
}

function metaspace(step: unknown): unknown {
  const scheme =
    own(step, "prepend_scheme") ?? (own(step, "add_prefix_space") === false ? "never" : "always");
  if (scheme !== "always" && scheme !== "first" && scheme !== "never")
    throw new Unsupported(`its pre-tokenizer ${shown(step)} is not supported`);
  const replacement = own(step, "replacement") ?? "\u2581";
  if (replacement !== "\u2581")
    throw new Unsupported(`its Metaspace's ${shown(replacement)} is not supported`);
  const spaces = { type: "Metaspace", replacement, prepend_scheme: scheme };
  // The library doesn't cut here: each piece begins with the sign and ends before the next.
  return own(step, "split") === false
    ? spaces
    : sequence(spaces, isolated({ Regex: "\u2581[^\u2581]*|[^\u2581]+" }));
}

const sequence = (...pretokenizers: readonly unknown[]) => ({ type: "Sequence", pretokenizers });
const isolated = (pattern: unknown) => ({ type: "Split", pattern, behavior: "Isolated", invert: false });

function patternOf(value: unknown): { readonly Regex: string } | { readonly String: string } {
  for (const kind of ["Regex", "String"] as const) {
    const text = own(value, kind);
    if (typeof text === "string" && text !== "" && text.length <= LONGEST_PATTERN)
      return kind === "Regex" ? { Regex: text } : { String: text };
  }
  throw new Unsupported(`its pattern ${shown(value)} is not supported`);
}

function listOf(step: unknown, name: string, depth: number): readonly unknown[] {
  const list = own(step, name);
  if (!Array.isArray(list) || depth >= DEEPEST) throw new Unsupported(`its ${name} are no list, or too deep`);
  return list;
}

function textIn(step: unknown, name: string): string {
  const text = own(step, name);
  if (typeof text !== "string") throw new Unsupported(`its ${shown(own(step, "type"))} has no ${name}`);
  return text;
}
