// The choices of a completion: what each begins with, where the prompt is to be echoed and scored, and what goes on from there.

import type { Task } from "./answer.ts";
import { badRequest } from "./api-fault.ts";
import { characters } from "./completion-logprobs.ts";
import { checkLength, leastTokens } from "./check-prompt.ts";
import type { CompletionRequest } from "./completion-request.ts";
import type { Choice } from "./decode-choices.ts";
import type { Piece, Scored } from "./piece.ts";
import { seedOf } from "./seeds.ts";
import type { PromptScores } from "./served-model.ts";

export type Prompt = { readonly text: string; readonly tokens: readonly number[] };

/** Token ids are checked, texts are encoded. @throws ApiFault 400 that names the prompt */
export function promptsOf({ prompts, maxTokens }: CompletionRequest, { model }: Task): readonly Prompt[] {
  const { encodeText, vocabulary, longest } = model.tokens;
  const room = Math.min(1, maxTokens);
  return prompts.map((prompt, i) => {
    const param = prompts.length === 1 ? "prompt" : `prompt[${i}]`;
    if (typeof prompt === "string")
      checkLength(leastTokens(prompt, longest), model.context, room, param, true);
    const tokens = typeof prompt === "string" ? encodeText(prompt) : prompt;
    if (tokens.length === 0)
      throw badRequest("a prompt must have at least one token", param, "invalid_value");
    const stranger = tokens.find((token) => token >= vocabulary);
    if (stranger !== undefined)
      throw badRequest(`token ${stranger} is not among the model's ${vocabulary}`, param, "invalid_value");
    checkLength(tokens.length, model.context, room, param);
    const text = typeof prompt === "string" ? prompt : textOf(tokens, model.tokens);
    return { text, tokens };
  });
}

/** Where the first token that is reported begins, counted from the beginning of the prompt's text. */
export function firstOffset({ echo }: CompletionRequest, { text, tokens }: Prompt, { model }: Task): number {
  const said = characters(text);
  return echo ? said - characters(textOf(tokens, model.tokens)) : said;
}

function textOf(tokens: readonly number[], { bytesOf }: Task["model"]["tokens"]): string {
  return Buffer.concat(tokens.map((token) => bytesOf(token))).toString("utf8");
}

/** One choice, with the prompt scored once for all that go on from it. */
export function promptChoice(
  asked: CompletionRequest,
  prompt: Prompt,
  { model }: Task,
  scores: PromptScores | undefined,
  seed: number,
  copy: number,
): Choice {
  const { sampling, maxTokens, topLogprobs, echo } = asked;
  const before: Omit<Piece, "choice">[] = echo
    ? [{ text: prompt.text, scored: scores ? scoredPrompt(prompt.tokens, scores) : [] }]
    : [];
  if (maxTokens === 0)
    return { before: [...before, { text: "", scored: [], end: { finish: "length", completionTokens: 0 } }] };
  if (scores && isOnlyScored(asked))
    return { before: [...before, nextPiece(scores, model.tokens, topLogprobs!)] };
  return {
    before,
    request: {
      prompt: prompt.tokens,
      maxTokens: Math.min(maxTokens, model.context - prompt.tokens.length),
      temperature: sampling.temperature,
      topP: sampling.topP,
      seed: seedOf(seed, copy),
      stops: sampling.stops,
      ...(topLogprobs === undefined ? {} : { topLogprobs }),
    },
  };
}

function scoredPrompt(tokens: readonly number[], { places }: PromptScores): readonly Scored[] {
  return tokens.map((token, i) => (i === 0 ? { token, top: [] } : { token, ...places[i - 1]! }));
}

/**
 * How evaluation harnesses ask for the score of a text: echoed, and one token more because no fewer may be asked for. The pass that
 * scores the prompt knows that token already. An end-of-text token is reported here, since they drop the last entry whatever it is.
 */
function isOnlyScored({ sampling, maxTokens, topLogprobs }: CompletionRequest): boolean {
  return (
    maxTokens === 1 && sampling.temperature === 0 && topLogprobs !== undefined && sampling.stops.length === 0
  );
}

function nextPiece(
  { next }: PromptScores,
  tokens: Task["model"]["tokens"],
  top: number,
): Omit<Piece, "choice"> {
  const [{ token, logprob }] = next as [PromptScores["next"][number]];
  const scored = [{ token, logprob, top: next.slice(0, top) }];
  return tokens.stops.has(token)
    ? { text: "", scored, end: { finish: "stop", completionTokens: 0 } }
    : {
        text: Buffer.from(tokens.bytesOf(token)).toString("utf8"),
        scored,
        end: { finish: "length", completionTokens: 1 },
      };
}
