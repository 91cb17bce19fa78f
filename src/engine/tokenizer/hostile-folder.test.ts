import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { byteLevelMetadata, goldenFolder, sentencepieceMetadata } from "./golden-rows.test.support.ts";
import { tokenizerFromFolder } from "./tokenizer-from-folder.ts";
import { tokenizerFrom, type Tokenizer } from "./tokenizer.ts";

const strange: readonly unknown[] = [
  null,
  -1,
  0,
  1e308,
  2.5,
  3,
  "",
  " ",
  "x",
  "__proto__",
  "<s>",
  "(",
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { type: "Sequence" },
  [["a", "b"]],
  { content: 7 },
];

/** The same value with one place in it changed: half of the time near the top, where the structure is. */
function damaged(value: unknown, rng: Rng, depth = 0): unknown {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || (depth > 0 && rng.int(3) === 0)) return strange[rng.int(strange.length)];
  const key = keys[rng.int(keys.length)]!;
  if (rng.int(10) === 0 && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== key));
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  copy[key] = damaged(copy[key], rng, depth + 1);
  return copy;
}

function assertWorks(t: Tokenizer): void {
  const text = "The <s>river</s>\n 12 <|im_end|>é🙂";
  for (const ids of [t.encode(text), t.encode(text, { specialTokens: "text" }), t.encodeText(text)]) {
    assert.ok(ids.every((id) => Number.isInteger(id) && id >= 0 && id < t.vocabulary));
    t.decode(ids);
  }
  assert.ok(t.padding < t.vocabulary && [...t.stops].every((id) => id < t.vocabulary));
  if (t.chat.kind === "present") t.encodeConversation([{ role: "user", content: text }]);
}

test("metadata of a GGUF file with any value changed work, or are refused with a message: never another error", () => {
  const rng = rngFrom("damaged metadata");
  const count = { loaded: 0, refused: 0 };
  for (const sound of [byteLevelMetadata("llama-bpe"), sentencepieceMetadata("sentencepiece.json")]) {
    for (let round = 0; round < 200; round++) {
      const metadata = damaged(sound, rng) as Readonly<Record<string, unknown>>;
      try {
        assertWorks(tokenizerFrom("m.gguf", metadata));
        count.loaded++;
      } catch (error) {
        assert.ok(error instanceof SetupError, (error as Error).stack);
        count.refused++;
      }
    }
  }
  assert.ok(count.loaded > 50 && count.refused > 50, JSON.stringify(count));
});

test("a folder with any value changed loads and works, or is refused with a message: never another error", async () => {
  const rng = rngFrom("damaged folders");
  const folder = mkdtempSync(path.join(tmpdir(), "damaged-"));
  const count = { loaded: 0, refused: 0 };
  try {
    for (const from of ["llama2", "llama3"]) {
      cpSync(path.join(goldenFolder, from), folder, { recursive: true });
      const names = [
        "tokenizer.json",
        "tokenizer.json",
        "tokenizer_config.json",
        from === "llama2" ? "special_tokens_map.json" : "generation_config.json",
      ];
      for (let round = 0; round < 250; round++) {
        const name = names[rng.int(names.length)]!;
        const sound = readFileSync(path.join(goldenFolder, from, name), "utf8");
        const change = JSON.stringify(damaged(JSON.parse(sound), rng));
        writeFileSync(path.join(folder, name), change);
        try {
          const t = await tokenizerFromFolder(folder);
          assertWorks(t);
          count.loaded++;
        } catch (error) {
          assert.ok(
            error instanceof SetupError,
            `${name} ${change.length < 400 ? change : ""}: ${(error as Error).stack}`,
          );
          count.refused++;
        }
        writeFileSync(path.join(folder, name), sound);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.ok(count.loaded > 50 && count.refused > 50, JSON.stringify(count));
});
