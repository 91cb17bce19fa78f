import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ggufBytes, ggufSections, joined, u32, u64, type Entry } from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import { SetupError } from "../../core/errors.ts";
import { openGguf } from "./gguf-file.ts";
import { opened, refused, sound, tensorA, tensorB } from "./gguf-refused.test.support.ts";

test("a header longer than the first read is read whole, however its texts lie across the reads", async () => {
  const long = "x".repeat(2_999_990);
  const texts = [...Array.from({ length: 9 }, () => "y".repeat(200_000)), long, "the last"];
  const file = await opened(
    ggufBytes({
      ...sound,
      metadata: [
        ["tokens", texts],
        ["one", long],
      ],
    }),
  );
  assert.deepEqual(file.metadata["tokens"], texts);
  assert.equal(file.metadata["one"], long);
});

test("a mark of byte order at the start of a text is kept: some vocabularies have it as a token", async () => {
  const file = await opened(ggufBytes({ ...sound, metadata: [["tokens", ["\ufeff", "\ufeffa", "a"]]] }));
  assert.deepEqual(file.metadata["tokens"], ["\ufeff", "\ufeffa", "a"]);
});

test("every type of metadata has its value", async () => {
  const bytes = joined(u32(0xfffffffe), u32(0xffffffff));
  const of = (type: number, size: number): readonly [string, Entry] => [
    `type ${type}`,
    { raw: [type, bytes.subarray(0, size)] },
  ];
  const list: Entry = { raw: [9, joined(u32(11), u64(2), u64(2n ** 64n - 1n), u64(5))] };
  const file = await opened(
    ggufBytes({
      ...sound,
      metadata: [
        of(0, 1),
        of(1, 1),
        of(2, 2),
        of(3, 2),
        of(4, 4),
        of(5, 4),
        of(7, 1),
        of(10, 8),
        of(11, 8),
        ["list", list],
      ],
    }),
  );
  const values = [254, -2, 65534, -2, 4294967294, -2, true, 2n ** 64n - 2n, -2n, [-1n, 5n]];
  assert.deepEqual(Object.values(file.metadata), values);
});

test("what is no GGUF file is refused as such", async () => {
  await refused(new Uint8Array(0), /not a GGUF file/);
  await refused(new TextEncoder().encode("GGU"), /not a GGUF file/);
  await refused(ggufBytes({ ...sound, magic: "GGML" }), /not a GGUF file/);
  await refused(new TextEncoder().encode("<!doctype html><p>not found"), /not a GGUF file/);
});

test("a folder, a missing file and a pipe are refused without waiting", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trueline-engine-"));
  try {
    await assert.rejects(openGguf(folder), SetupError);
    await assert.rejects(openGguf(join(folder, "none.gguf")), /can't open .*none\.gguf/);
    const make = "mkfifo";
    execFileSync(make, [join(folder, "pipe")]);
    await assert.rejects(openGguf(join(folder, "pipe")), /pipe: is not a file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("other versions and the other byte order are refused by name", async () => {
  await refused(ggufBytes({ ...sound, version: 1 }), /version is 1/);
  await refused(ggufBytes({ ...sound, version: 4 }), /version is 4/);
  await refused(ggufBytes({ ...sound, version: 0x03000000 }), /numbers are big-endian/);
});

test("a file cut short anywhere is refused: at every byte of its header, and within its data", async () => {
  const sections = ggufSections(sound);
  const whole = joined(...sections);
  const header = joined(...sections.slice(0, 3)).length;
  for (let length = 4; length < header; length++) {
    await refused(whole.subarray(0, length), /ends within|claims/);
  }
  for (const length of [header, header + 1, whole.length - 40])
    await refused(whole.subarray(0, length), /tensor "[ab]" ends at byte/);
});

test("the place where a file ends is named: the entry or the tensor", async () => {
  const [header, metadata, tensors] = ggufSections(sound) as [Uint8Array, Uint8Array, Uint8Array];
  await refused(joined(header, metadata.subarray(0, metadata.length - 1)), /"some\.flag"/);
  await refused(joined(header, metadata, tensors.subarray(0, tensors.length - 1)), /tensor "b"/);
});

test("absurd counts are refused before anything is built from them", async () => {
  for (const count of [10n ** 6n, 2n ** 40n, 2n ** 64n - 1n]) {
    await refused(ggufBytes({ ...sound, tensorCount: count }), /claims \d+ tensors/);
    await refused(ggufBytes({ ...sound, entryCount: count }), /claims \d+ metadata entries/);
  }
  await refused(ggufBytes({ ...sound, entryCount: 7n }), /corrupt/);
  await refused(ggufBytes({ ...sound, tensorCount: 3n }), /tensor 3 of 3/);
});

test("absurd lengths of names, texts and lists are refused, with the entry named", async () => {
  const entry = (bytes: Uint8Array, type: number): Uint8Array =>
    ggufBytes({ ...sound, metadata: [["the.entry", { raw: [type, bytes] }]] });
  for (const length of [1000, 2 ** 33, 2n ** 63n]) {
    await refused(entry(u64(length), 8), /"the\.entry" claims a text of/);
    await refused(entry(joined(u32(8), u64(length)), 9), /"the\.entry" claims a list of/);
    await refused(entry(joined(u32(4), u64(length)), 9), /"the\.entry" claims a list of/);
    await refused(entry(joined(u32(8), u64(1), u64(length)), 9), /"the\.entry" claims a text of/);
  }
  const [header, ...rest] = ggufSections(sound) as [Uint8Array, ...Uint8Array[]];
  await refused(joined(header, u64(2n ** 50n), ...rest), /metadata entry 1 of 6 claims a name of/);
});

test("unknown and nested types of metadata are refused, with the entry named", async () => {
  const entry = (type: number, bytes: Uint8Array): Uint8Array =>
    ggufBytes({ ...sound, metadata: [["the.entry", { raw: [type, bytes] }]] });
  await refused(entry(13, new Uint8Array(16)), /"the\.entry" has type 13/);
  await refused(entry(9, joined(u32(77), u64(0))), /"the\.entry" is a list of type 77/);
  await refused(entry(9, joined(u32(9), u64(1), u32(9), u64(1))), /"the\.entry" is a list of type 9/);
});

test("an entry or a tensor that stands there twice is refused", async () => {
  await refused(
    ggufBytes({ ...sound, metadata: [...sound.metadata, ["some.number", 8]] }),
    /"some\.number" stands there twice/,
  );
  await refused(
    ggufBytes({ ...sound, tensors: [tensorA, tensorB, tensorA] }),
    /tensor "a" stands there twice/,
  );
});

test("names that JavaScript objects give a meaning to are data like any other", async () => {
  const file = await opened(
    ggufBytes({
      ...sound,
      metadata: [
        ["__proto__", ["x"]],
        ["constructor", "y"],
        ["toString", 1],
      ],
    }),
  );
  assert.equal(file.metadata["constructor"], "y");
  assert.equal(({} as Record<string, unknown>)["0"], undefined);
  assert.equal(Array.isArray(Object.getPrototypeOf(file.metadata)), false);
});

test("a name out of the file can't act on a terminal", async () => {
  await refused(
    ggufBytes({ ...sound, tensors: [{ ...tensorA, name: "\u001b[2J\u202ea", type: 99 }] }),
    /tensor "␛\[2J⟨U\+202E⟩a"/,
  );
  await refused(
    ggufBytes({ ...sound, metadata: [["\u001b[2J", { raw: [99, new Uint8Array(8)] }]] }),
    /metadata entry "␛\[2J" has type 99/,
  );
});

test("lists that together hold more than any vocabulary are refused, in a file that has the bytes for them", async () => {
  const list: Entry = { raw: [9, joined(u32(0), u64(2_000_000), new Uint8Array(2_000_000))] };
  await refused(
    ggufBytes({
      ...sound,
      metadata: [
        ["one", list],
        ["two", list],
      ],
    }),
    /"two" claims a list of 2000000; no more than 1000000 are read/,
  );
});

test("a header longer than any is refused with its length, in a file that is as long as it claims", async () => {
  const claim = ggufBytes({ ...sound, metadata: [["the.entry", { raw: [8, u64(60_000_000)] }]] });
  await inTemporaryFile(claim, async (path) => {
    await truncate(path, 80_000_000); // a hole on the disk: no bytes are written
    await assert.rejects(
      openGguf(path),
      /header is longer than 48000000 bytes, at metadata entry "the\.entry"/,
    );
  });
});
