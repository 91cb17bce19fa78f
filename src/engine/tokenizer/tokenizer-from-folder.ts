// The tokenizer that lies beside safetensors, as Hugging Face folders have it.

import { join } from "node:path";
import { SetupError } from "../../core/errors.ts";
import { shown } from "../weights/shown.ts";
import { chatTemplate } from "./chat-template.ts";
import { isObject, jsonOf, own, textOf, type JsonObject } from "./folder-files.ts";
import { affixesOf, roleIds, roleText, type FolderFiles } from "./folder-roles.ts";
import { libraryCodec, type BpeParts } from "./library-codec.ts";
import { roles, withMoreAdded } from "./more-added.ts";
import { makeTokenizer } from "./make-tokenizer.ts";
import { bytesStep, gpt2Split } from "./pre-tokenizers.ts";
import { readMerges, readTokenizerJson, readVocabulary } from "./read-tokenizer-json.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { Unsupported } from "./unsupported.ts";

/**
 * Reads tokenizer.json (else GPT-2's vocab.json and merges.txt) and, where they are there, tokenizer_config.json, special_tokens_map.json,
 * generation_config.json, config.json and chat_template.jinja. A folder without a chat template loads: see `Tokenizer.chat`.
 * @throws SetupError that names the file when one is missing, damaged or of a kind that is not supported
 */
export async function tokenizerFromFolder(folder: string): Promise<Tokenizer> {
  const files: FolderFiles = {
    tokenizer: await jsonOf(folder, "tokenizer.json"),
    tokenizerConfig: await jsonOf(folder, "tokenizer_config.json"),
    specialTokensMap: await jsonOf(folder, "special_tokens_map.json"),
    generationConfig: await jsonOf(folder, "generation_config.json"),
    config: await jsonOf(folder, "config.json"),
  };
  const bare = files.tokenizer
    ? orSetupError(join(folder, "tokenizer.json"), () => readTokenizerJson(files.tokenizer!))
    : await gpt2Parts(folder);
  const place = join(folder, files.tokenizer ? "tokenizer.json" : "vocab.json");
  const parts = orSetupError(join(folder, "tokenizer_config.json"), () => withMoreAdded(bare, files));
  const codec = orSetupError(place, () => libraryCodec(parts));
  const added = new Map(parts.added.map((t) => [t.content, t.id]));
  const ids = (token: string) => added.get(token) ?? parts.vocabulary.get(token);
  const ends = roleIds(files, "eos", ids, codec.vocabulary);
  const [eos] = ends;
  if (eos === undefined) {
    throw new SetupError("TOKENIZER", `${folder}: no file names an end-of-sequence token`, {
      hint: "One of generation_config.json, config.json, tokenizer_config.json and special_tokens_map.json does: fetch the whole folder.",
    });
  }
  const affixes = affixesOf(files, ids);
  const stray = [...affixes.before, ...affixes.after].find((id) => !(id >= 0 && id < codec.vocabulary));
  if (stray !== undefined) {
    throw new SetupError(
      "TOKENIZER",
      `${place}: its post_processor adds ${shown(stray)}, which is no token`,
      {
        hint: "The file is damaged: fetch the model again.",
      },
    );
  }
  return makeTokenizer({
    codec,
    template: chatTemplate(
      folder,
      await templateText(folder, files.tokenizerConfig),
      Object.fromEntries(
        roles.flatMap((name) => {
          const text = roleText(files, name);
          return text === undefined ? [] : [[name, text]];
        }),
      ),
    ),
    stops: ends,
    padding: roleIds(files, "pad", ids, codec.vocabulary)[0] ?? eos,
    affixes,
  });
}

/** GPT-2's own form, from before tokenizer.json. */
async function gpt2Parts(folder: string): Promise<BpeParts> {
  const vocab = await jsonOf(folder, "vocab.json");
  const text = await textOf(folder, "merges.txt");
  if (!vocab || text === undefined) {
    throw new SetupError(
      "TOKENIZER",
      `${folder} holds neither tokenizer.json nor vocab.json with merges.txt`,
      {
        hint: "Safetensors need the model's tokenizer beside them: fetch the whole folder.",
      },
    );
  }
  const vocabulary = orSetupError(join(folder, "vocab.json"), () => readVocabulary(vocab));
  // The first line says the format's version; in the vocabulary's alphabet no merge begins with the same words.
  const lines = text
    .split(/\r?\n/u)
    .filter((line, i) => line !== "" && !(i === 0 && line.startsWith("#version")));
  const end = "<|endoftext|>";
  const endId = vocabulary.get(end);
  return {
    normalizer: null,
    preTokenizer: { type: "Sequence", pretokenizers: [gpt2Split, bytesStep] },
    vocabulary,
    merges: orSetupError(join(folder, "merges.txt"), () => readMerges(lines, vocabulary)),
    ignoreMerges: false,
    unknown: undefined,
    fuseUnknown: false,
    byteFallback: false,
    added: endId === undefined ? [] : [{ id: endId, content: end, special: true }],
    written: "byte alphabet",
    dropsFirstSpace: false,
  };
}

/** The template's text: a file of its own comes first; of several named ones the one called "default". */
async function templateText(folder: string, config: JsonObject | undefined): Promise<string | undefined> {
  const file = await textOf(folder, "chat_template.jinja");
  if (file !== undefined) return file;
  const value =
    own(config, "chat_template") ?? own(await jsonOf(folder, "chat_template.json"), "chat_template");
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  const named: readonly unknown[] = Array.isArray(value) ? value : [];
  const found = named.find((entry) => isObject(entry) && own(entry, "name") === "default");
  const text = own(found, "template");
  if (typeof text === "string") return text;
  throw new SetupError(
    "TOKENIZER",
    `${join(folder, "tokenizer_config.json")}: its chat_template is neither a text nor a list with a "default"`,
    {
      hint: "The file is damaged: fetch the model again.",
    },
  );
}

function orSetupError<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError("TOKENIZER", `${place}: ${error instanceof Error ? error.message : String(error)}`, {
      hint:
        error instanceof Unsupported
          ? "Byte-level BPE and SentencePiece's BPE are supported, as GPT-2, Llama and Mistral have them."
          : "Its cutting uses what is not supported, or the file is damaged.",
      cause: error,
    });
  }
}
