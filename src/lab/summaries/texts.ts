// Short texts about invented towns and fairs: a handful of facts each, some of which the text itself holds to be uncertain.

import type { Rng } from "../../stats/rng.ts";
import { hedges, sentenceOf } from "./sentence-of.ts";

export type Fact = {
  /** A clause with {V} in place of the value. */
  readonly clause: string;
  readonly value: string;
  /** Values of the same kind that the text does not give. */
  readonly others: readonly string[];
  /** The text says that it is not sure of this one. */
  readonly doubtful: boolean;
};

export type SourceText = {
  readonly id: string;
  readonly subject: string;
  /** In the order in which the text tells them. */
  readonly facts: readonly Fact[];
  readonly english: string;
};

type Topic = readonly (readonly [clause: string, values: readonly string[]])[];

const days = ["Monday", "Tuesday", "Thursday", "Saturday"];
const months = ["March", "May", "August", "October"];

/** {S} stands for the subject. */
const topics: readonly Topic[] = [
  [
    ["{S} was founded in the year {V}", ["1214", "1338", "1407", "1592"]],
    ["about {V} people live there", ["900", "2,300", "5,100", "14,000"]],
    ["the town lies on the river {V}", ["Ulm", "Nessary", "Tobe", "Graul"]],
    ["most of its people live from {V}", ["glassblowing", "salt", "wool", "beekeeping"]],
    ["the market is held on {V}", days],
    ["its clock tower is {V} high", ["17 metres", "26 metres", "41 metres", "58 metres"]],
    ["the river is crossed by {V}", ["two bridges", "three bridges", "five bridges", "seven bridges"]],
    ["the old roofs are covered with {V}", ["slate", "reed", "copper", "red tiles"]],
    ["the lantern feast takes place in {V}", months],
    ["the first school was paid for by {V}", ["a miller", "a ferryman", "a widow", "a bell founder"]],
  ],
  [
    ["the {S} fair was first held in {V}", ["1871", "1889", "1904", "1926"]],
    ["it was opened by {V}", ["a schoolteacher", "a postmaster", "a gardener", "an organist"]],
    ["the fair lasted {V}", ["three days", "six days", "nine days", "two weeks"]],
    ["some {V} visitors came", ["400", "1,700", "3,600", "12,000"]],
    ["the gates were opened on a {V}", days],
    ["the first prize went to {V}", ["a pumpkin", "a weathercock", "a rowing boat", "a quilt"]],
    ["a ticket cost {V}", ["two coins", "four coins", "nine coins", "eleven coins"]],
    ["the largest tent was {V}", ["green", "striped", "yellow", "white"]],
    ["the brass band came from {V}", ["Ombry", "Tessel Hook", "Low Fanning", "Pellagard"]],
    ["the accounts were closed in {V}", months],
  ],
];

const heads = ["Quor", "Vell", "Thrim", "Yasc", "Obb", "Druv", "Zenn", "Kolp"] as const;
const tails = ["imar", "esk", "undel", "avorn", "ithby", "ostra"] as const;

/** As many texts as asked, of 8 to 10 facts each, 3 or 4 of them doubtful. The same source gives the same texts. */
export function makeTexts(count: number, rng: Rng): readonly SourceText[] {
  return Array.from({ length: count }, (_, i) => textAt(`text-${i + 1}`, rng));
}

function textAt(id: string, rng: Rng): SourceText {
  const own = rng.split(id);
  const subject = `${own.pick(heads)}${own.pick(tails)}`;
  const topic = own.pick(topics);
  const told = new Set(own.shuffled([...topic.keys()]).slice(0, 8 + own.int(topic.length - 7)));
  const doubted = new Set(own.shuffled([...told]).slice(0, 3 + own.int(2)));
  const facts = topic.flatMap(([clause, values], k): Fact[] => {
    if (!told.has(k)) return [];
    const value = own.pick(values);
    return [
      {
        clause: clause.replace("{S}", subject),
        value,
        others: values.filter((other) => other !== value),
        doubtful: doubted.has(k),
      },
    ];
  });
  const english = facts
    .map(({ clause, value, doubtful }) => sentenceOf(clause, value, doubtful ? own.pick(hedges) : undefined))
    .join(" ");
  return { id, subject, facts, english };
}
