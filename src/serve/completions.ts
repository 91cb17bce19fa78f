// POST /v1/completions.

import { sendEvents, sendJson, type Task, type Used } from "./answer.ts";
import { checkModel } from "./check-prompt.ts";
import { completionLogprobs } from "./completion-logprobs.ts";
import { completionRequest, type CompletionRequest } from "./completion-request.ts";
import { decodeChoices } from "./decode-choices.ts";
import type { Piece } from "./piece.ts";
import { firstOffset, promptChoice, promptsOf, type Prompt } from "./prompt-choices.ts";
import type { PromptScores } from "./served-model.ts";
import { usageOf } from "./usage.ts";

/** @throws ApiFault, and what the decoder throws */
export async function completions(body: unknown, task: Task): Promise<Used> {
  const asked = completionRequest(body);
  checkModel(asked.model, task.model);
  const prompts = promptsOf(asked, task);
  const { pieces, used } = await piecesFor(asked, prompts, task);
  if (asked.sampling.stream) await sendEvents(task, chunks(pieces, asked, prompts, used, task));
  else sendJson(task.response, 200, await whole(pieces, asked, prompts, used, task));
  return used();
}

async function piecesFor(asked: CompletionRequest, prompts: readonly Prompt[], task: Task) {
  const { model, places, signal } = task;
  const { n } = asked.sampling;
  const seed = asked.sampling.seed ?? task.seed();
  const scores = await scoresOf(asked, prompts, task);
  const choices = prompts.flatMap((prompt, p) =>
    Array.from({ length: n }, (_, copy) => promptChoice(asked, prompt, task, scores[p], seed, copy)),
  );
  let completionTokens = 0;
  const used = (): Used => ({
    promptTokens: prompts.reduce((sum, { tokens }) => sum + tokens.length, 0),
    completionTokens,
  });
  async function* pieces() {
    for await (const piece of decodeChoices(choices, model.decoder, model.tokens.bytesOf, places, signal)) {
      completionTokens += piece.end?.completionTokens ?? 0;
      yield piece;
    }
  }
  return { pieces: pieces(), used };
}

/** One prompt after the other, each in a place like a reply's: scoring takes as much. */
async function scoresOf(
  { echo, topLogprobs }: CompletionRequest,
  prompts: readonly Prompt[],
  { model, places, signal }: Task,
): Promise<readonly (PromptScores | undefined)[]> {
  if (!echo || topLogprobs === undefined) return [];
  const found: PromptScores[] = [];
  for (const { tokens } of prompts) {
    const giveBack = await places.take(signal);
    try {
      found.push(await model.scorePrompt(tokens, topLogprobs, signal));
    } finally {
      giveBack();
    }
  }
  return found;
}

/** For each choice a function that writes its log-probabilities, or null. */
function writersOf(asked: CompletionRequest, prompts: readonly Prompt[], task: Task) {
  return prompts.flatMap((prompt) =>
    Array.from({ length: asked.sampling.n }, () =>
      asked.topLogprobs === undefined
        ? () => null
        : completionLogprobs(task.model.tokens.bytesOf, firstOffset(asked, prompt, task)),
    ),
  );
}

async function whole(
  pieces: AsyncIterable<Piece>,
  asked: CompletionRequest,
  prompts: readonly Prompt[],
  used: () => Used,
  task: Task,
) {
  const replies = writersOf(asked, prompts, task).map((write) => ({
    write,
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
    ...headOf(task),
    choices: replies.map(({ write, text, scored, finish }, index) => ({
      index,
      text,
      logprobs: write(scored),
      finish_reason: finish,
    })),
    usage: usageOf(used()),
  };
}

async function* chunks(
  pieces: AsyncIterable<Piece>,
  asked: CompletionRequest,
  prompts: readonly Prompt[],
  used: () => Used,
  task: Task,
) {
  const head = headOf(task);
  const usage = asked.sampling.includeUsage ? { usage: null } : {};
  const writers = writersOf(asked, prompts, task);
  for await (const { choice: index, text, scored, end } of pieces) {
    const logprobs = scored.length > 0 ? writers[index]!(scored) : null;
    yield {
      ...head,
      choices: [{ index, text, logprobs, finish_reason: end?.finish ?? null }],
      ...usage,
    };
  }
  if (asked.sampling.includeUsage) yield { ...head, choices: [], usage: usageOf(used()) };
}

function headOf({ id, created, model }: Task) {
  return {
    id: `cmpl-${id}`,
    object: "text_completion",
    created,
    model: model.id,
    system_fingerprint: model.fingerprint,
  };
}
