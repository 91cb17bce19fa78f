// Jargon: long words, and short ones of trades and committees.

import type { Attribute } from "./attribute.ts";
import { countPhrases } from "./phrases.ts";
import { countWords } from "./words.ts";

/** Above this many letters a word counts whatever it means. */
const LONG = 12;

/** None of them long enough to count as long too. */
const countTerms = countPhrases([
  "paradigms?",
  "synerg(?:y|ies)",
  "leverag(?:e|es|ed|ing)",
  "utili[sz](?:e|es|ed|ing)",
  "facilitat(?:e|es|ed|ing)",
  "optimi[sz](?:e|es|ed|ing)",
  "holistic",
  "robust",
  "scalable",
  "stakeholders?",
  "framework",
  "modality",
  "heuristics?",
  "stochastic",
  "ontology",
  "epistemic",
  "empirical",
  "granular",
  "actionable",
  "ecosystems?",
  "metrics?",
  "vis-à-vis",
  "ergo",
  "inter alia",
  "etiology",
  "prognosis",
  "idiopathic",
  "tort",
  "fiduciary",
]);

export const jargon: Attribute = {
  name: "jargon",
  says: `share of words with more than ${LONG} letters or from a short list of trade words`,
  measure: (response) => {
    const found = countWords(response, { longerThan: LONG }) + countTerms(response);
    return found === 0 ? 0 : found / Math.max(1, countWords(response));
  },
};
