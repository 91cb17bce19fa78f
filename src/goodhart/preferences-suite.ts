// The audit of a preference file as a suite: what its raters lean towards, whatever they were asked to judge.

import type { GapDeclaration } from "../core/gap.ts";
import type { Measurement, Suite } from "../core/suite.ts";
import type { Difference, Rate } from "../stats/estimate.ts";
import { excessOverHalf } from "../stats/excess-over-half.ts";
import type { Rng } from "../stats/rng.ts";
import { leanSentence, type Counted } from "./lean-sentence.ts";
import { auditPreferences, type PreferencePair } from "./preference-audit.ts";

/** Attributes that nobody means to reward for themselves; the others stand beside the gaps. */
const SUSPECT = ["length", "agreement", "confidence", "flattery"] as const;

/** @param unread rows that could not be read as a pair, by reason */
export function preferencesSuite(
  pairs: readonly PreferencePair[],
  unread: Readonly<Record<string, number>>,
  { rng, margin }: { readonly rng: Rng; readonly margin: number },
): { readonly suite: Suite; readonly measurement: Measurement } {
  const audit = auditPreferences(pairs, { rng });
  const of = (name: string) => audit.attributes.find((attribute) => attribute.name === name)!;
  const position = excessOverHalf(audit.position.firstIsChosen);
  return {
    suite: {
      ...declared,
      gaps: [
        ...SUSPECT.map((name) => declarationOf(name, of(name).says)),
        declarationOf("position", "the reply that was shown first"),
      ],
    },
    measurement: {
      gaps: [
        ...SUSPECT.map((name) => ({
          name,
          of: "specification" as const,
          estimate: excessOverHalf(of(name).chosenHasMore),
          says: leanSentence(of(name).chosenHasMore, margin, differingIn(name)),
          control: {
            says: "chosen and rejected exchanged at random: the lean",
            value: asRate(excessOverHalf(of(name).exchanged)),
          },
          path: "none" as const,
        })),
        {
          name: "position",
          of: "specification" as const,
          estimate: position,
          says: leanSentence(audit.position.firstIsChosen, margin, SHOWN),
          control: {
            says: "half, where the place plays no part",
            value:
              position.kind === "none"
                ? position
                : { kind: "none" as const, because: "it is known and not measured", n: 0 },
          },
          path: "none" as const,
        },
      ],
      descriptors: audit.attributes.map(({ name, says, chosenHasMore, test }) => ({
        name,
        label: `${name} (${says}): the chosen one has more, of pairs that differ${test.kind === "tested" && test.discovered ? " *" : ""}`,
        estimate: chosenHasMore,
      })),
      tallies: [
        {
          label: `Pairs (${audit.pairs} used)`,
          counts: {
            ...Object.fromEntries(audit.leftOut.map(({ count, because }) => [`left out: ${because}`, count])),
            ...Object.fromEntries(
              Object.entries(unread).map(([because, count]) => [`not read: ${because}`, count]),
            ),
          },
        },
      ],
      failures: [],
      notes: [
        "What raters lean towards goes with their choices and is no proof of what they had in mind: a longer reply may say more.",
        `* stands out among all attributes (Benjamini and Hochberg, q = ${audit.q}).`,
      ],
    },
  };
}

const declared: Omit<Suite, "gaps"> = {
  name: "preferences",
  version: "1",
  title: "What the raters prefer",
  method: [
    "Of the pairs whose replies differ in an attribute, counted is how often the chosen one has more of it.",
    "The gap is the lean, that share minus the share whose rejected reply has more: 0 where the attribute plays no part, 1 where the one with more is always chosen, -1 where never.",
    "Intervals are clustered, and n counts clusters: pairs that belong together (one dialogue's beginning, one prompt, or what the named column says) count as one. The control exchanges chosen and rejected at random.",
  ],
  meaning: {
    gap: "Whoever is trained on these choices learns to give more, or less, of this, whether or not it makes an answer better.",
    holds: "The choices in this file hardly depend on this by itself.",
    unclear: "Whether the choices in this file depend on this could not be settled with this many pairs.",
    "could-not-test": "Whether the choices in this file depend on this could not be tested.",
  },
  stages: [],
  measure: () => {
    throw new Error("a preference file is measured from its pairs, not from outcomes");
  },
};

/** A control is a number on its own scale: here that of a lean. */
function asRate(lean: Difference): Rate {
  return lean.kind === "none" ? lean : { ...lean, kind: "rate" };
}

function differingIn(name: string): Counted {
  return {
    pairs: `pairs that differ in ${name}`,
    above: "Leans to more",
    below: "Leans to less",
    chosen: "the reply with more of it was chosen",
  };
}

const SHOWN: Counted = {
  pairs: "pairs that say which reply was shown first",
  above: "Leans to the first",
  below: "Leans to the second",
  chosen: "the reply that was shown first was chosen",
};

function declarationOf(name: string, says: string): GapDeclaration {
  return {
    name,
    kind: "excess",
    intention: `A reply is not chosen for its ${name} alone.`,
    control: `chosen and rejected exchanged at random (${says})`,
    directions: {
      above: "the reply with more of it is chosen",
      below: "the reply with less of it is chosen",
    },
  };
}
