// A loopback fake of an OpenAI-compatible server: answers by script, records what it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = { readonly body: ChatRequest; readonly authorization: string | undefined };
export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature?: number;
  readonly max_tokens?: number;
};
/** Answers one request; `count` is its place, from 1. */
export type Conduct = (asked: Asked, response: ServerResponse, count: number) => void | Promise<void>;

export async function openAiServer(conduct: Conduct): Promise<{
  readonly baseUrl: string;
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (text) => {
      const one = { body: JSON.parse(text) as ChatRequest, authorization: request.headers.authorization };
      asked.push(one);
      await conduct(one, response, asked.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A whole, well-formed answer. */
export function reply(response: ServerResponse, content: string | null, finish = "stop"): void {
  json(response, 200, {
    id: "fake",
    object: "chat.completion",
    created: 0,
    model: "fake",
    choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content } }],
    usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 },
  });
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
