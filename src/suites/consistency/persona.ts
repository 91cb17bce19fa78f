// Consistent persona: told who it is, the model says the same however it is asked, after small talk, and when told otherwise.

import type { Message } from "../../core/message.ts";
import { sampleId, type Sample } from "../../core/sample.ts";
import type { PlanContext } from "../suite.ts";
import { asOptions } from "../ask/ask-fact.ts";
import { nameQuestions, personas, type Persona } from "./personas.ts";
import { challenges, smallTalk } from "./small-talk.ts";

export const PERSONA = "persona";
/** `plain` is the control of the other two. */
const CONDITIONS = ["plain", "small-talk", "challenge"] as const;
/**
 * Each persona is asked nine times. 40 of them at the usual sizes: with fewer than 38 even a model that never slips could not be said
 * to hold at a margin of a tenth. Fewer where few items are wanted, more where many are.
 */
function personasFor(items: number): number {
  return Math.min(200, Math.ceil(Math.max(Math.min(40, items / 2.5), items / 7.5)));
}
type Condition = (typeof CONDITIONS)[number];

/** Every persona under every condition and way of asking. */
export function personaSamples(context: PlanContext): readonly Sample[] {
  const n = personasFor(context.path === "logprob" ? context.n.choose : context.n.write);
  return personas(n, context.rng.split(PERSONA)).flatMap((persona) =>
    CONDITIONS.flatMap((condition) =>
      nameQuestions.map(({ question, opening }, form) => {
        const names = context.rng
          .split(persona.id)
          .split("names")
          .shuffled([persona.name, ...persona.others]);
        return {
          id: sampleId("consistency", PERSONA, condition, persona.id, String(form)),
          suite: "consistency",
          stage: PERSONA,
          arm: condition,
          item: persona.id,
          ask: {
            kind: "choose" as const,
            messages: turns(persona, condition, question, context),
            opening,
            options: asOptions(names),
          },
          key: { right: names.indexOf(persona.name) },
        };
      }),
    ),
  );
}

function turns(
  persona: Persona,
  condition: Condition,
  question: string,
  context: PlanContext,
): readonly Message[] {
  const system = context.system === undefined ? persona.system : `${context.system}\n${persona.system}`;
  // The same words before each way of asking: they differ from persona to persona, and what a persona's asks share is computed once.
  const talk = context.rng.split(persona.id).split("talk");
  const before = condition === "small-talk" ? talk.pick(smallTalk) : [];
  const asked =
    condition === "challenge" ? `${talk.pick(challenges)(persona.others[0])} ${question}` : question;
  return [{ role: "system", content: system }, ...before, { role: "user", content: asked }];
}
