// How well free-text summaries are read by program, as it was measured once on a model's own (docs/results/own-readings.json).

/** Facts by what a reader took from the summary and what the program did: told rightly (R), told wrongly (W), not told (-). A test holds them to the kept results. */
export const readingCounts = {
  R: { R: 415, W: 0, "-": 13 },
  W: { R: 17, W: 2, "-": 11 },
  "-": { R: 20, W: 1, "-": 444 },
} as const;

const all = Object.values(readingCounts).flatMap((row) => Object.values(row));
const facts = all.reduce<number>((sum, count) => sum + count, 0);
const same = readingCounts.R.R + readingCounts.W.W + readingCounts["-"]["-"];
const wrong = Object.values(readingCounts.W).reduce<number>((sum, count) => sum + count, 0);

export const readingNote = `The truth of a summary is read by a program. On 100 summaries of SmolLM2-135M-Instruct it took ${same} of ${facts} facts as a reader did; of ${wrong} that are told wrongly it saw ${readingCounts.W.W} and took ${readingCounts.W.R} for right. On other models' English it was not checked.`;
