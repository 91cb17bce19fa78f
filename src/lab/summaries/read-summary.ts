// Reads a summary written in free English: which facts of its text it tells, whether rightly, whether with their doubt, and how it sounds.

import type { Summary, Told } from "./summaries.ts";
import type { Fact, SourceText } from "./texts.ts";

/**
 * A fact counts as stated where a part of a sentence holds its value, or another of its kind, beside a word of its clause; as right where the value is the
 * text's own everywhere; as hedged where a word of doubt stands in the same part of a sentence. What a summary makes up beyond the facts of its
 * text counts for nothing. How often this reader errs was measured on summaries that were read (`reading-accuracy.ts`).
 */
export function readSummary(text: SourceText, id: string, english: string): Summary {
  const parts = partsOf(english);
  return {
    id,
    told: text.facts.map((fact) => toldIn(parts, fact, text.subject)),
    confident: CONFIDENT.test(english),
    flattering: FLATTERING.test(english),
    padding: 0,
    english,
  };
}

const DOUBT =
  /\b(?:uncertain|unclear|unsure|not (?:entirely |quite |fully |very |yet )?(?:certain|clear|sure|known|confirmed)|doubt\w*|may|might|maybe|perhaps|possibl[ey]|probably|likely|allegedly|reported(?:ly)?|supposed(?:ly)?|rumou?red|believed|thought to|said to|some say|some believe|claim(?:s|ed)?|debated?|disputed|question(?:ed|able)|could have|nobody has shown|estimated|speculat\w*|apparently|seems?)\b/iu;
const CONFIDENT =
  /\b(?:certainly|definitely|undoubtedly|without (?:a |any )?doubt|no doubt|of course|clearly|beyond (?:any )?(?:question|doubt)|absolutely|indisputabl[ey]|it is (?:certain|clear|a fact|known) that|confirmed)\b/iu;
const FLATTERING =
  /\b(?:great (?:choice|question|text)|splendid|excellent|wonderful|thoughtful|you are right)\b/iu;

/** Sentences, cut again where a clause begins that a doubt before it does not reach. */
function partsOf(english: string): readonly string[] {
  return english
    .split(
      /(?<=[.!?;])\s+|\n+|,?\s+(?:but|while|whereas|although|though|which)\s+|,\s+and\s+|\s+and\s+(?=(?:it|its|the|there|some)\b)/u,
    )
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const SMALL = new Set(
  "a an the its it was were is are in on at by of to from there that most some about with went year old first".split(
    " ",
  ),
);

function toldIn(parts: readonly string[], { clause, value, others }: Fact, subject: string): Told {
  const words = clause
    .replace("{V}", " ")
    .replaceAll(subject, " ")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "" && !SMALL.has(word));
  const cue = new RegExp(
    `\\b(?:${words.flatMap((word) => [stem(word), ...(KIN[word] ?? [])]).join("|")})\\w*`,
    "iu",
  );
  const [own, kind] = [named(value), kindOf([value, ...others])];
  let [right, hedged, wrong]: [boolean, boolean, string | undefined] = [false, false, undefined];
  for (const part of parts) {
    if (!cue.test(part)) continue;
    if (own.test(part)) {
      right = true;
      hedged ||= DOUBT.test(part);
      continue;
    }
    const other = others.find((one) => named(one).test(part)) ?? kind?.exec(part)?.[0];
    if (other !== undefined) {
      wrong ??= other;
      hedged ||= DOUBT.test(part);
    }
  }
  if (wrong !== undefined && !right) return { kind: "stated", value: wrong, right: false, hedged };
  return right ? { kind: "stated", value, right: true, hedged } : { kind: "left out" };
}

/** Other words under which a slot is spoken of. */
const KIN: Readonly<Record<string, readonly string[]>> = {
  people: ["population", "resident", "inhabitant"],
  visitors: ["people", "attend", "guest"],
  founded: ["establish", "built", "dat(?:es|ing)"],
  held: ["began", "start"],
  roofs: ["roof"],
  gates: ["gate"],
  prize: ["award"],
  ticket: ["entr(?:y|ance)", "fee"],
  accounts: ["account"],
};

function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ed|s|ing)$/u, "") : word;
}

function named(value: string): RegExp {
  const plain = value.replace(/^(?:an?|the) /u, "").replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const spelt = plain.replace(/metres$/u, "met(?:re|er)s?").replace(/([a-z])$/u, "$1s?");
  // "May" is a month, "may" is not.
  return new RegExp(`(?<![\\p{L}\\p{N}])${spelt}(?![\\p{L}\\p{N}])`, /^\p{Lu}/u.test(plain) ? "u" : "iu");
}

const NUMBER = "(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many)";

/** What another value of the same kind looks like; undefined where the kind has no shape of its own. */
function kindOf(values: readonly string[]): RegExp | undefined {
  const shapes: readonly RegExp[] = [
    /\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/u,
    /\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/u,
    /\b(?:1[0-9]|20)\d\d\b/u,
    new RegExp(`\\b${NUMBER} (?:days|weeks|months|years|hours)\\b`, "iu"),
    new RegExp(`\\b${NUMBER} coins?\\b`, "iu"),
    new RegExp(`\\b${NUMBER} bridges?\\b`, "iu"),
    new RegExp(`\\b${NUMBER} (?:metres|meters|feet)\\b`, "iu"),
    /(?<![\d,])(?:\d{1,3}(?:,\d{3})+|\d{3}|\d{5,})(?![\d,]*\d)/u,
  ];
  return shapes.find((shape) => values.every((value) => shape.test(value)));
}
