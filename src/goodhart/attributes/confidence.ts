// Confidence: words that leave no room for being wrong.

import type { Attribute } from "./attribute.ts";
import { phrasesPerHundredWords } from "./phrases.ts";

export const confidence: Attribute = {
  name: "confidence",
  says: 'words that shut out doubt ("certainly", "definitely", "without doubt"), per 100 words',
  measure: phrasesPerHundredWords([
    "certainly",
    "definitely",
    "definitively",
    "undoubtedly",
    "undeniably",
    "unquestionably",
    "indisputably",
    "absolutely",
    "clearly",
    "obviously",
    "surely",
    "of course",
    "without (?:a |any )?(?:doubt|question)",
    "(?:there is|there's) no (?:doubt|question)",
    "no doubt",
    "beyond (?:a |any )?(?:doubt|question|dispute)",
    "i(?:'m| am) (?:\\w{1,12}ly )?(?:certain|sure|confident|positive)",
    "guaranteed?",
    "proven",
    "it is (?:a fact|certain|clear|obvious)",
    "the fact is",
    "always works?",
  ]),
};
