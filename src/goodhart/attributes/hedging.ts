// Hedging: words that leave room for being wrong.

import type { Attribute } from "./attribute.ts";
import { phrasesPerHundredWords } from "./phrases.ts";

export const hedging: Attribute = {
  name: "hedging",
  says: 'words that leave room for doubt ("might", "perhaps", "I think", "not sure"), per 100 words',
  measure: phrasesPerHundredWords([
    // With a capital it is a month, or asks for leave.
    "(?-i:may)",
    "might",
    "perhaps",
    "maybe",
    "possibly",
    "probably",
    "presumably",
    "apparently",
    "likely",
    "unlikely",
    "roughly",
    "could be",
    "(?:it )?seems?",
    "appears? to",
    "tends? to",
    "i (?:think|believe|guess|suppose|suspect|assume)",
    "(?:not|n't) (?:\\w{1,12} )?(?:sure|certain)",
    "not entirely",
    "uncertain",
    "unclear",
    "(?:hard|difficult) to (?:say|know|tell)",
    "(?:it|that) depends",
    "as far as i (?:know|can tell)",
    "in some cases",
    "to some (?:extent|degree)",
    "more or less",
  ]),
};
