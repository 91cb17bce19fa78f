// `trueline gap --prompts` as a user runs it: replies drawn from a server, graded by module, command and judge, gone on with and refused.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { runRecord } from "../src/core/run-record.ts";
import { json, openAiServer, reply, type Conduct } from "./fakes/openai-server.ts";

const root = path.resolve(import.meta.dirname, "..");
let folder = "";
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-gap-drawn-"));
  writeFileSync(
    path.join(folder, "words.mjs"),
    "export default ({ response }) => response.split(' ').length;\n",
  );
  writeFileSync(
    path.join(folder, "end.mjs"),
    "export default ({ response }) => (response.charCodeAt(response.length - 1) % 2);\n",
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string) => path.join(folder, name);

function written(name: string, text: string): string {
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

function trueline(...words: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["bin/trueline.js", "gap", ...words], { cwd: root });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => (stdout += String(text)));
    child.stderr.on("data", (text) => (stderr += String(text)));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

const graders = () => ["--proxy-module", inFolder("words.mjs"), "--gold-module", inFolder("end.mjs")];

/** The reply's length and last digit hang on how often this prompt was asked before. */
function writer(): Conduct {
  const asked = new Map<string, number>();
  return ({ body }, response) => {
    const text = body.messages.at(-1)!.content;
    const count = (asked.get(text) ?? 0) + 1;
    const item = Number(/\d+/u.exec(text)?.[0] ?? 0);
    asked.set(text, count);
    reply(
      response,
      `${"so ".repeat((count * 5 + item * 3) % 7)}${(count * ((item % 5) + 1) + item) % 10}`,
      count % 4 === 0 ? "length" : "stop",
    );
  };
}

async function withServer<T>(
  conduct: Conduct,
  work: (server: Awaited<ReturnType<typeof openAiServer>>) => Promise<T>,
) {
  const server = await openAiServer(conduct);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

const recordIn = (out: string) =>
  runRecord.parse(JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")));

const prompts = () =>
  written(
    "prompts.jsonl",
    Array.from(
      { length: 36 },
      (_, i) => `${JSON.stringify({ ask: `Question ${i}?`, topic: `t${i % 3}` })}\n`,
    ).join(""),
  );

test("replies are drawn, stored, graded and measured; given again, nothing is asked and the gaps are the same bytes", async () => {
  await withServer(writer(), async ({ baseUrl, asked }) => {
    const out = inFolder("drawn");
    const words = [
      "--prompts",
      prompts(),
      "--prompt",
      "ask",
      "--stratum",
      "topic",
      "--model",
      "openai-compatible:fake",
      "--base-url",
      baseUrl,
      "--draws",
      "4",
      "--system",
      "Be brief.",
      "--out",
      out,
      ...graders(),
    ];
    const run = await trueline(...words);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(asked.length, 144);
    assert.deepEqual(asked[0]!.body.messages[0], { role: "system", content: "Be brief." });
    assert.equal(asked[0]!.body.temperature, 1);
    assert.match(run.stderr, /grading: \d+ texts/);
    const record = recordIn(out);
    assert.deepEqual(
      record.manifest.stages.map(({ samples }) => samples),
      [144],
    );
    assert.equal(
      record.manifest.model.details["drawn from"],
      `fake, served by ${new URL(baseUrl).host} (openai-compatible:fake)`,
    );
    assert.deepEqual(record.suites[0]!.tallies[0], {
      label: "Replies drawn",
      counts: { "ended by themselves": 108, "cut off at 200 tokens, kept": 36 },
    });
    assert.ok(record.tokens.decoded === 144 * 3 && record.suites[0]!.rewards!.length > 0);
    assert.deepEqual([record.gaps.length, record.gaps[0]!.curve!.map(({ n }) => n)], [4, [1, 2, 3, 4]]);
    assert.match(record.manifest.command!, /--prompts .* --base-url URL --draws 4 /);
    const again = await trueline(...words);
    assert.equal(again.status, 0, again.stderr);
    assert.equal(asked.length, 144);
    assert.match(again.stderr, /144 samples are stored already/);
    assert.match(again.stderr, /(\d+) of \1 scores are stored already/);
    assert.equal(JSON.stringify(recordIn(out).gaps), JSON.stringify(record.gaps));
    const other = await trueline(...words, "--draws", "7", "--temperature", "0.5");
    assert.equal(other.status, 2);
    assert.match(
      other.stderr,
      /the number of draws was 4 and is now 7; the temperature was 1 and is now 0\.5/,
    );
    writeFileSync(
      inFolder("words.mjs"),
      "export default ({ response }) => response.split(' ').length + 0;\n",
    );
    const changed = await trueline(...words);
    assert.equal(changed.status, 2);
    assert.match(changed.stderr, /the proxy's sha256 was/);
  });
});

test("prompts that fail are listed and graded by nobody, repeated ones are asked once, a judge marks by its rubric", async () => {
  const model: Conduct = ({ body }, response, count) => {
    const text = body.messages.map(({ content }) => content).join("\n");
    if (text.includes("true and short")) reply(response, String(1 + (text.length % 10)));
    else if (text.includes("Broken")) json(response, 400, { error: { message: "no such thing" } });
    else reply(response, `${"so ".repeat(count % 7)}${count % 10}`);
  };
  await withServer(model, async ({ baseUrl, asked }) => {
    const out = inFolder("failing");
    const file = written(
      "prompts.txt",
      `${Array.from({ length: 32 }, (_, i) => `Question ${i}?`).join("\r\n")}\n\nBroken?\nQuestion 3?\n`,
    );
    const rubric = written("rubric.txt", "Is it true and short?\n");
    const words = [
      "--prompts",
      file,
      "--model",
      "openai-compatible:fake",
      "--base-url",
      baseUrl,
      "--draws",
      "4",
      "--out",
      out,
      "--proxy-judge",
      "openai-compatible:judge",
      "--rubric",
      rubric,
      "--gold-module",
      inFolder("end.mjs"),
    ];
    const run = await trueline(...words);
    assert.equal(run.status, 0, run.stderr);
    const record = recordIn(out);
    assert.equal(record.failed.length, 4);
    assert.match(record.failed[0]!.because, /no such thing|400/);
    const { notes, tallies } = record.suites[0]!;
    assert.ok(
      notes.some((note) => note.startsWith("1 row repeats a prompt")),
      notes.join("\n"),
    );
    assert.deepEqual(tallies[0]!.counts, { "ended by themselves": 128, failed: 4 });
    assert.notEqual(record.gaps[0]!.verdict, "could-not-test");
    assert.match(
      record.manifest.model.title,
      /judge openai-compatible:judge .* as a stand-in for .*end\.mjs/,
    );
    assert.ok(asked.filter(({ body }) => body.model === "judge").length > 128);
    assert.match(
      readFileSync(path.join(out, "report.html"), "utf8"),
      /4 of 132 samples that were planned got no answer/,
    );
  });
});

test("a prompt of a million characters, and a model that refuses all, come to a clear end", async () => {
  const model: Conduct = (_, response) => reply(response, "I can't help with that.");
  await withServer(model, async ({ baseUrl, asked }) => {
    const out = inFolder("refusing");
    const long = "word ".repeat(200_000);
    const file = written("long.csv", `ask\n${long}\nshort\nother\n`);
    const run = await trueline(
      "--prompts",
      file,
      "--prompt",
      "ask",
      "--model",
      "openai-compatible:fake",
      "--base-url",
      baseUrl,
      "--draws",
      "3",
      "--out",
      out,
      ...graders(),
    );
    assert.equal(run.status, 0, run.stderr);
    assert.equal(Math.max(...asked.map(({ body }) => body.messages[0]!.content.length)), long.length);
    assert.match(run.stdout, /could-not-test\. The proxy gives every sample/);
    assert.ok(readFileSync(path.join(out, "report.html"), "utf8").length < 1_000_000);
  });
});

test("a model that can't be reached leaves failed replies and says so, with no verdict", async () => {
  const file = written("few.txt", "One?\nTwo?\n");
  const model: Conduct = (_, response) => json(response, 401, { error: { message: "bad key" } });
  await withServer(model, async ({ baseUrl }) => {
    const out = inFolder("unreached");
    const run = await trueline(
      "--prompts",
      file,
      "--model",
      "openai-compatible:fake",
      "--base-url",
      baseUrl,
      "--draws",
      "2",
      "--out",
      out,
      ...graders(),
    );
    assert.ok(run.status === 0 || run.status === 2, run.stderr);
    if (run.status === 0) assert.match(run.stdout, /could-not-test/);
    else assert.match(run.stderr, /bad key|401/);
  });
});
