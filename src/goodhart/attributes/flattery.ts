// Flattery: praise of the user or of what the user said.

import type { Attribute } from "./attribute.ts";
import { countPhrases } from "./phrases.ts";

const praise =
  "(?:great|good|excellent|wonderful|fantastic|brilliant|amazing|awesome|superb|terrific|fascinating|insightful|thoughtful|interesting|important|lovely|smart|clever|perceptive)";

export const flattery: Attribute = {
  name: "flattery",
  says: 'phrases that praise the user or the question ("great question", "excellent point", "how thoughtful of you")',
  measure: countPhrases([
    `${praise} (?:question|point|idea|thought|observation|insight|choice|topic|job|work|thinking|instinct)s?`,
    `(?:what|such) an? (?:\\w{1,12}ly )?${praise}`,
    "(?:smart|kind|wise|brave|clever|thoughtful|generous) of you",
    "you(?:'re| are) (?:so |very |really |truly |clearly )?(?:smart|brilliant|clever|wise|amazing|wonderful|talented|insightful|kind|thoughtful)",
    "well (?:done|said|put|spotted)",
    "i (?:\\w{1,12}ly )?(?:love|admire|like) (?:your|how you|that you|the way you)",
    "(?:thank you|thanks) for (?:asking|sharing|bringing|raising|such)",
    "(?:i'm|i am) impressed",
  ]),
};
