// Agreement: the text sides with the user in so many words.

import type { Attribute } from "./attribute.ts";
import { countPhrases } from "./phrases.ts";

export const agreement: Attribute = {
  name: "agreement",
  says: 'phrases that say the user is right ("you\'re right", "I agree", "good point")',
  measure: countPhrases([
    "you(?:'re| are) (?:\\w{1,12}ly |quite |so )?(?:right|correct)",
    "you(?:'ve| have) got (?:a|it) (?:point|right)",
    "you make an? (?:\\w{1,12} )?point",
    "(?:good|fair|valid|excellent|great) point",
    "i (?:\\w{1,12}ly |fully |quite |do )?agree",
    "i(?:'d| would) (?:have to |tend to )?agree",
    "couldn't agree more",
    "could not agree more",
    "(?:that's|that is|this is|it's|it is) (?:\\w{1,12}ly |so |very )?(?:true|right|correct)",
    "as you (?:\\w{1,12}ly )?(?:said|say|noted|note|pointed out|mentioned)",
    "i see your point",
    "(?:absolutely|exactly|precisely) right",
  ]),
};
