// A server over the fake model for one test, and ways to ask it: politely with fetch, or with bytes that no client would send.

import { connect } from "node:net";
import type { TestContext } from "node:test";
import { fakeServed, type Conduct } from "./fake-served.test.support.ts";
import type { ServedRequest, ServeOptions } from "./serve-options.ts";
import { startServer } from "./start-server.ts";

// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export async function serving(t: TestContext, conduct: Conduct = {}, options: Partial<ServeOptions> = {}) {
  const fake = fakeServed(conduct);
  const log: ServedRequest[] = [];
  let ids = 0;
  let ticks = 0;
  const server = await startServer(fake.model, {
    port: 0,
    seed: 1,
    clock: { now: () => 1_700_000_000_000, ticks: () => (ticks += 250) },
    newId: () => `id${++ids}`,
    onRequest: (request) => log.push(request),
    ...options,
  });
  t.after(() => server.close(0));
  const base = `http://127.0.0.1:${server.port}`;

  const post = async (path: string, body: unknown, init: RequestInit = {}) => {
    const response = await fetch(base + path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
      headers: {
        "content-type": "application/json",
        ...(init.headers as Record<string, string> | undefined),
      },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const json = async (path: string, body: unknown, init?: RequestInit): Promise<Json> => {
    const { text } = await post(path, body, init);
    return JSON.parse(text);
  };
  const chat = (fields: object) =>
    json("/v1/chat/completions", {
      model: "fake-1",
      messages: [{ role: "user", content: "Hi" }],
      temperature: 0,
      ...fields,
    });
  const complete = (fields: object) =>
    json("/v1/completions", { model: "fake-1", prompt: "Hi", temperature: 0, ...fields });
  /** The data of each event; the last is "[DONE]" where the stream was whole. */
  const events = async (path: string, body: object): Promise<Json[]> => {
    const { text } = await post(path, { model: "fake-1", temperature: 0, stream: true, ...body });
    const lines = text.split("\n\n");
    if (lines.pop() !== "") throw new Error("the stream ends inside an event");
    return lines.map((line) => {
      if (!line.startsWith("data: ")) throw new Error(`not an event: ${line}`);
      return line === "data: [DONE]" ? "[DONE]" : (JSON.parse(line.slice(6)) as Json);
    });
  };
  return { ...fake, server, base, log, post, json, chat, complete, events };
}

/** Sends bytes as they stand and tells all that comes back until the connection is closed. */
export function rawly(port: number, bytes: string, host = "127.0.0.1"): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(bytes));
    let got = "";
    socket.on("data", (part) => (got += part.toString("latin1")));
    socket.on("close", () => resolve(got));
    socket.on("error", (error) => (got === "" ? reject(error) : resolve(got)));
  });
}

/** Waits for what other tasks bring about. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; !holds(); i++) {
    if (i > 500) throw new Error("it never came about");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What comes within three seconds. */
export async function soon<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it did not come soon")), 3000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
