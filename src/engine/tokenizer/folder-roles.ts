// Which tokens of a Hugging Face folder have a role: ends, padding, and what stands around raw text.

import { isObject, own, type JsonObject } from "./folder-files.ts";

export type FolderFiles = {
  readonly tokenizer?: JsonObject | undefined;
  readonly tokenizerConfig?: JsonObject | undefined;
  readonly specialTokensMap?: JsonObject | undefined;
  readonly generationConfig?: JsonObject | undefined;
  readonly config?: JsonObject | undefined;
};

type Ids = (token: string) => number | undefined;

/** The text of a token with a role ("bos_token"): a string, or an object that says more of it. */
export function roleText(files: FolderFiles, role: string): string | undefined {
  for (const file of [files.tokenizerConfig, files.specialTokensMap]) {
    const value = own(file, role);
    const text = typeof value === "string" ? value : own(value, "content");
    if (typeof text === "string") return text;
  }
  return undefined;
}

/** The ids of a role, from where `generate` takes them to where the tokenizer does: one, several or none. */
export function roleIds(files: FolderFiles, role: "bos" | "eos" | "pad", ids: Ids, count: number): number[] {
  const listed = [files.generationConfig, files.config].flatMap(
    (file) => own(file, `${role}_token_id`) ?? [],
  );
  const text = roleText(files, `${role}_token`);
  return [...listed, text === undefined ? undefined : ids(text)].filter(
    (id): id is number => typeof id === "number" && Number.isInteger(id) && id >= 0 && id < count,
  );
}

/**
 * What the model's own tokenizer puts around a single text: its `post_processor`, where `add_bos_token` and `add_eos_token` of the class of
 * Llama's tokenizers come first.
 */
export function affixesOf(
  files: FolderFiles,
  ids: Ids,
): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const around = fromProcessor(own(files.tokenizer, "post_processor"), ids);
  const kind = own(files.tokenizerConfig, "tokenizer_class");
  if (typeof kind !== "string" || !/^(?:Code)?Llama/u.test(kind)) return around;
  const said = (name: string, role: string, otherwise: readonly number[]) => {
    const value = own(files.tokenizerConfig, name);
    const id = ids(roleText(files, role) ?? "");
    return typeof value !== "boolean" ? otherwise : value && id !== undefined ? [id] : [];
  };
  return {
    before: said("add_bos_token", "bos_token", around.before),
    after: said("add_eos_token", "eos_token", around.after),
  };
}

function fromProcessor(
  processor: unknown,
  ids: Ids,
): { readonly before: number[]; readonly after: number[] } {
  const type = own(processor, "type");
  const inner = own(processor, "processors");
  if (type === "Sequence" && Array.isArray(inner)) {
    // Each wraps what the one before it made.
    return inner
      .map((step: unknown) =>
        own(step, "type") === "Sequence" ? fromProcessor(null, ids) : fromProcessor(step, ids),
      )
      .reduce(
        (all, next) => ({ before: [...next.before, ...all.before], after: [...all.after, ...next.after] }),
        {
          before: [],
          after: [],
        },
      );
  }
  const single = own(processor, "single");
  if (type !== "TemplateProcessing" || !Array.isArray(single)) return { before: [], after: [] };
  const at = single.findIndex((step: unknown) => isObject(own(step, "Sequence")));
  const tokens = (steps: readonly unknown[]) =>
    steps.flatMap((step) => {
      const name = own(own(step, "SpecialToken"), "id");
      if (typeof name !== "string") return [];
      const listed = own(own(own(processor, "special_tokens"), name), "ids");
      return Array.isArray(listed) && listed.every((id) => Number.isInteger(id))
        ? (listed as number[])
        : (ids(name) ?? []);
    });
  return at < 0
    ? { before: [], after: [] }
    : { before: tokens(single.slice(0, at)), after: tokens(single.slice(at + 1)) };
}
