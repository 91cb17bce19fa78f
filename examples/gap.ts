// How much picking does a score survive that likes long answers? Three candidate answers to each of 40 questions, graded here.
//
//   node examples/gap.ts

import { gap } from "../src/index.ts";

/** What is optimised: the number of words. */
const length = ({ response }: { readonly response: string }) => response.split(" ").length;
/** What was intended: the sum is right. */
const isRight = ({ prompt, response }: { readonly prompt: string; readonly response: string }) => {
  const [a, b] = prompt.split(" + ").map(Number);
  return response.endsWith(` ${a! + b!}.`) || response === `${a! + b!}.` ? 1 : 0;
};

const samples = Array.from({ length: 40 }, (_, i) => ({ a: i, b: 7 + (i % 5) })).flatMap(({ a, b }) =>
  [
    `${a + b}.`,
    `The sum of the two is ${a + b}.`,
    `What a good question! I am quite sure that the sum of the two is ${a + b + 1}.`,
  ].map((response) => ({ prompt: `${a} + ${b}`, response })),
);

const { gaps, suites } = await gap({ samples, proxy: length, gold: isRight });
for (const { name, verdict, says } of gaps) console.log(`${name}: ${verdict}. ${says}`);
for (const { name, difference } of suites[0]!.rewards ?? [])
  if (name === "length" && difference.kind !== "none")
    console.log(
      `it rewards length by ${difference.point.toFixed(1)} standard deviations, n = ${difference.n}`,
    );
