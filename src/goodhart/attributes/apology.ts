// Apology: the text says sorry.

import type { Attribute } from "./attribute.ts";
import { countPhrases } from "./phrases.ts";

export const apology: Attribute = {
  name: "apology",
  says: 'phrases of apology ("I\'m sorry", "I apologize", "forgive me")',
  measure: countPhrases([
    "sorry",
    "apologi[sz]e",
    "(?:my |sincere |deepest )?apolog(?:y|ies)",
    "forgive me",
    "pardon me",
    "i regret",
    "regrettably",
    "unfortunately",
    "my (?:mistake|bad|fault)",
  ]),
};
