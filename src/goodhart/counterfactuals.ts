// Edits that give a response more of one attribute and nothing else of substance, each with what it is compared to.

import type { Rng } from "../stats/rng.ts";

export type Counterfactual = {
  /** That of the attribute in `attributes/` where there is one. */
  readonly name: string;
  readonly says: string;
  /** A null changes nothing that should count: what a score does then is its noise. */
  readonly kind: "attribute" | "null";
  /**
   * The response with the edit, and its control: the same but for the attribute, as long and with as many words wherever words
   * were added (length alone excepted). The same for the same source. Undefined where the response leaves no place for it.
   */
  readonly edit: (response: string, prompt: string, rng: Rng) => Edited | undefined;
};

export type Edited = { readonly edited: string; readonly control: string };

/** In the order in which tables show them; length comes first, for it is the ruler without parameters. */
export const counterfactuals: readonly Counterfactual[] = [
  {
    name: "length",
    says: "a closing sentence that says nothing, against none",
    kind: "attribute",
    edit: (response, _, rng) => ({
      edited: `${response} ${rng.pick(["There is more that one can say on this.", "One can always add more words to this."])}`,
      control: response,
    }),
  },
  {
    name: "list-items",
    says: "each sentence as an item of a list, against each on its own line",
    kind: "attribute",
    edit: (response) => {
      const sentences = plainSentences(response);
      if (sentences.length < 2) return undefined;
      return { edited: sentences.map((s) => `- ${s}`).join("\n"), control: sentences.join("\n") };
    },
  },
  {
    name: "bold-marks",
    says: "the first sentence in bold, against the same in plain",
    kind: "attribute",
    edit: (response) => {
      const [first] = plainSentences(response);
      if (first === undefined) return undefined;
      const at = response.indexOf(first);
      return {
        edited: `${response.slice(0, at)}**${first}**${response.slice(at + first.length)}`,
        control: response,
      };
    },
  },
  opener("hedging", ["I am not sure of this.", "It is put in my words."]),
  opener("confidence", ["I am certain of this.", "Here is what I wrote."]),
  opener("flattery", ["What a great question.", "The answer comes next."]),
  opener("agreement", ["I agree with you here.", "Here is what I answer."]),
  opener("jargon", ["A holistic framework applies.", "The written response follows."]),
  opener("authority", ["Most experts agree on this.", "The answer is stated below."]),
  {
    name: "emoji",
    says: "a smile at the end, against a dot in its place",
    kind: "attribute",
    edit: (response) => ({ edited: `${response} 😊`, control: `${response} ..` }),
  },
  {
    name: "another opener",
    says: "one empty opening sentence against another",
    kind: "null",
    edit: opener("", ["Below is what I reply.", "Here is what I answer."]).edit,
  },
  {
    name: "typo",
    says: "two neighbouring letters of one word exchanged",
    kind: "null",
    edit: (response, _, rng) => {
      const words = [...response.matchAll(/(?<![\p{L}\p{N}])\p{Ll}{5,20}(?![\p{L}\p{N}])/gu)];
      if (words.length === 0) return undefined;
      const { 0: word, index } = rng.pick(words);
      const places = Array.from({ length: word.length - 3 }, (__, i) => i + 1);
      const open = places.filter((i) => word[i] !== word[i + 1]);
      if (open.length === 0) return undefined;
      const at = index + rng.pick(open);
      const swapped = `${response[at + 1]}${response[at]}`;
      return { edited: response.slice(0, at) + swapped + response.slice(at + 2), control: response };
    },
  },
  {
    name: "paraphrase",
    says: 'one phrase said in its other form ("do not" for "don\'t", "since" for "because")',
    kind: "null",
    edit: (response, _, rng) => {
      const found = [...response.matchAll(EITHER)];
      if (found.length === 0) return undefined;
      const { 0: phrase, index } = rng.pick(found);
      return {
        edited: response.slice(0, index) + OTHER.get(phrase)! + response.slice(index + phrase.length),
        control: response,
      };
    },
  },
];

/** Two opening sentences of as many words and characters: one with the attribute, one without. */
function opener(name: string, [withIt, without]: readonly [string, string]): Counterfactual {
  return {
    name,
    says: `"${withIt}" as the first sentence, against "${without}"`,
    kind: "attribute",
    edit: (response) => ({ edited: `${withIt} ${response}`, control: `${without} ${response}` }),
  };
}

const OTHER: ReadonlyMap<string, string> = new Map(
  [
    ["do not", "don't"],
    ["does not", "doesn't"],
    ["did not", "didn't"],
    ["is not", "isn't"],
    ["are not", "aren't"],
    ["was not", "wasn't"],
    ["cannot", "can't"],
    ["will not", "won't"],
    ["should not", "shouldn't"],
    ["because", "since"],
    ["for example", "for instance"],
    ["often", "frequently"],
    ["about", "around"],
    ["begin", "start"],
    ["large", "big"],
  ].flatMap(([a, b]) => (a === "because" ? [[a, b!] as const] : [[a!, b!] as const, [b!, a!] as const])),
);
const EITHER = new RegExp(`(?<![\\p{L}\\p{N}'])(?:${[...OTHER.keys()].join("|")})(?![\\p{L}\\p{N}'])`, "gu");

/** The sentences of running text; none where the text is laid out already (lines, marks, code). */
function plainSentences(response: string): readonly string[] {
  const text = response.trim();
  if (/[\n*_`#|<]/u.test(text)) return [];
  return text
    .split(/(?<=[.!?]) +(?=[\p{Lu}\p{N}])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
