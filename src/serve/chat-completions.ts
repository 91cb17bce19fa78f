// POST /v1/chat/completions.

import { sendEvents, sendJson, type Task, type Used } from "./answer.ts";
import { badRequest } from "./api-fault.ts";
import { chatLogprobs } from "./chat-logprobs.ts";
import { chatRequest, type ChatRequest } from "./chat-request.ts";
import { checkLength, checkModel, leastTokens } from "./check-prompt.ts";
import { decodeChoices } from "./decode-choices.ts";
import type { Piece } from "./piece.ts";
import { seedOf } from "./seeds.ts";
import { usageOf } from "./usage.ts";

/** @throws ApiFault, and what the decoder throws */
export async function chatCompletions(body: unknown, task: Task): Promise<Used> {
  const asked = chatRequest(body);
  checkModel(asked.model, task.model);
  const prompt = promptOf(asked, task);
  const { pieces, used } = piecesFor(asked, prompt, task);
  if (asked.sampling.stream) await sendEvents(task, chunks(pieces, asked, used, task));
  else sendJson(task.response, 200, await whole(pieces, asked, used, task));
  return used();
}

function promptOf({ messages }: ChatRequest, { model }: Task): readonly number[] {
  const { tokens, context } = model;
  if (!tokens.speaks)
    throw badRequest(
      "this model has no chat template: ask /v1/completions instead",
      "messages",
      "unsupported_value",
    );
  const text = messages.map(({ content }) => content).join("");
  checkLength(leastTokens(text, tokens.longest), context, 1, "messages", true);
  const prompt = tokens.encodeChat(messages);
  if (prompt.length === 0) throw badRequest("the conversation comes out as no tokens at all", "messages");
  checkLength(prompt.length, context, 1, "messages");
  return prompt;
}

function piecesFor({ sampling, maxTokens, topLogprobs }: ChatRequest, prompt: readonly number[], task: Task) {
  const { model, places, signal } = task;
  const seed = sampling.seed ?? task.seed();
  const room = model.context - prompt.length;
  const choices = Array.from({ length: sampling.n }, (_, choice) => ({
    before: [],
    request: {
      prompt,
      maxTokens: Math.min(maxTokens ?? room, room),
      temperature: sampling.temperature,
      topP: sampling.topP,
      seed: seedOf(seed, choice),
      stops: sampling.stops,
      ...(topLogprobs === undefined ? {} : { topLogprobs }),
    },
  }));
  let completionTokens = 0;
  const used = (): Used => ({ promptTokens: prompt.length, completionTokens });
  async function* pieces() {
    for await (const piece of decodeChoices(choices, model.decoder, model.tokens.bytesOf, places, signal)) {
      completionTokens += piece.end?.completionTokens ?? 0;
      yield piece;
    }
  }
  return { pieces: pieces(), used };
}

async function whole(pieces: AsyncIterable<Piece>, asked: ChatRequest, used: () => Used, task: Task) {
  const replies = Array.from({ length: asked.sampling.n }, () => ({
    text: "",
    scored: [] as Piece["scored"][number][],
    finish: "length",
  }));
  for await (const { choice, text, scored, end } of pieces) {
    const reply = replies[choice]!;
    reply.text += text;
    reply.scored.push(...scored);
    reply.finish = end?.finish ?? reply.finish;
  }
  return {
    ...headOf("chat.completion", task),
    choices: replies.map(({ text, scored, finish }, index) => ({
      index,
      message: { role: "assistant", content: text, refusal: null },
      logprobs: asked.topLogprobs === undefined ? null : chatLogprobs(scored, task.model.tokens.bytesOf),
      finish_reason: finish,
    })),
    usage: usageOf(used()),
  };
}

async function* chunks(
  pieces: AsyncIterable<Piece>,
  { sampling, topLogprobs }: ChatRequest,
  used: () => Used,
  task: Task,
) {
  const head = headOf("chat.completion.chunk", task);
  const usage = sampling.includeUsage ? { usage: null } : {};
  const chunk = (index: number, delta: object, logprobs: object | null, finish: string | null) => ({
    ...head,
    choices: [{ index, delta, logprobs, finish_reason: finish }],
    ...usage,
  });
  const begun = new Set<number>();
  for await (const { choice, text, scored, end } of pieces) {
    if (!begun.has(choice))
      yield chunk(choice, { role: "assistant", content: "", refusal: null }, null, null);
    begun.add(choice);
    const logprobs = topLogprobs === undefined ? null : chatLogprobs(scored, task.model.tokens.bytesOf);
    if (text !== "" || scored.length > 0) yield chunk(choice, { content: text }, logprobs, null);
    if (end) yield chunk(choice, {}, null, end.finish);
  }
  if (sampling.includeUsage) yield { ...head, choices: [], usage: usageOf(used()) };
}

function headOf(object: string, { id, created, model }: Task) {
  return {
    id: `chatcmpl-${id}`,
    object,
    created,
    model: model.id,
    system_fingerprint: model.fingerprint,
  };
}
