// A model's chat template: found or not, and how it renders a conversation.

import { Environment, Interpreter, Template } from "@huggingface/jinja";
import { SetupError } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";

/** The error of `absent` is the one to show to whoever needs conversations: it says what is missing and the way out. */
export type Chat = { readonly kind: "present" } | { readonly kind: "absent"; readonly because: SetupError };

export type ChatTemplate = {
  readonly chat: Chat;
  /** @throws SetupError when there is no template, or when it refuses the conversation */
  render(messages: readonly Message[]): string;
  /** Whether a character stands anywhere in the template. */
  writes(character: string): boolean;
};

/** Longer than any template by far. */
const LONGEST = 2 ** 20;
const LONGEST_RANGE = 100_000;

/**
 * @param path the file that the template stands in, for messages
 * @param source the Jinja template, or undefined where the model has none
 * @param names further names that it may use: `bos_token`, `eos_token`, …
 */
export function chatTemplate(
  path: string,
  source: unknown,
  names: Readonly<Record<string, unknown>>,
): ChatTemplate {
  const parsed = parse(path, source);
  const text = typeof source === "string" ? source : "";
  return {
    chat: parsed instanceof SetupError ? { kind: "absent", because: parsed } : { kind: "present" },
    render: (messages) => {
      if (parsed instanceof SetupError) throw parsed;
      try {
        const words = { messages: messages.map((m) => ({ ...m })), add_generation_prompt: true, ...names };
        return String(new Interpreter(environment(words)).run(parsed.parsed).value);
      } catch (error) {
        throw fault(path, "refuses this conversation", error);
      }
    },
    writes: (character) => text.includes(character),
  };
}

/**
 * The names that a template finds. The library's own set has `strftime_now` as well, which would put today's date into the
 * prompt of Llama 3: without it such templates write the date that they carry, and the same conversation is the same tokens tomorrow.
 */
function environment(words: Readonly<Record<string, unknown>>): Environment {
  const all: Readonly<Record<string, unknown>> = {
    true: true,
    True: true,
    false: false,
    False: false,
    none: null,
    None: null,
    range,
    raise_exception: (reason: unknown) => {
      throw new Error(String(reason));
    },
    ...words,
  };
  const made = new Environment();
  for (const [name, value] of Object.entries(all)) made.set(name, value);
  return made;
}

/** Python's `range`, as far as a conversation can need it. */
function range(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!(count <= LONGEST_RANGE)) throw new RangeError(`range(${from}, ${to}, ${step}) is too long`);
  return Array.from({ length: count }, (_, i) => from + i * step);
}

function parse(path: string, source: unknown): Template | SetupError {
  if (typeof source !== "string") {
    return new SetupError("CHAT_TEMPLATE", `${path} has no chat template`, {
      hint: "Use an instruction-tuned model: the audit speaks to it in turns.",
    });
  }
  if (source.length > LONGEST) return fault(path, "can't be read", `it is ${source.length} characters long`);
  try {
    return new Template(source);
  } catch (error) {
    return fault(path, "can't be read", error);
  }
}

function fault(path: string, what: string, error: unknown): SetupError {
  const reason = error instanceof Error ? error.message : String(error);
  return new SetupError("CHAT_TEMPLATE", `${path}: its chat template ${what}: ${reason.slice(0, 500)}`, {
    hint: "The file is damaged, or its template uses what is not supported (some allow no system prompt).",
    cause: error,
  });
}
