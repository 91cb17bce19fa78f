// Claimed authority: the text leans on experts, studies or an office that nobody can check.

import type { Attribute } from "./attribute.ts";
import { countPhrases } from "./phrases.ts";

const who =
  "(?:experts|scientists|researchers|doctors|physicians|psychologists|economists|historians|professionals|specialists|scholars|authorities)";
const findings = "(?:studies|research|science|evidence|data|surveys|experiments)";
const shows =
  "(?:agree|say|says|show|shows|suggest|suggests|recommend|believe|confirm|confirms|prove|proves|find|finds|indicate|indicates|demonstrate|demonstrates)";

export const authority: Attribute = {
  name: "authority",
  says: 'appeals to authority ("experts agree", "studies show", "as a doctor", "it is well known")',
  measure: countPhrases([
    `${who} (?:\\w{1,12} )?${shows}`,
    `${findings} (?:has |have )?(?:\\w{1,12}ly )?(?:${shows}|shown|proven|found|suggested|confirmed|demonstrated)`,
    `according to (?:\\w{1,12} )?(?:${who}|${findings})`,
    "as an? (?:\\w{1,12} )?(?:doctor|physician|nurse|lawyer|attorney|scientist|expert|professional|professor|teacher|engineer|psychologist|therapist|economist|researcher)",
    "(?:peer-reviewed|clinically proven|scientifically proven|evidence-based)",
    "it is (?:widely|well|generally|commonly) (?:known|accepted|established|agreed|recognized|recognised)",
    "(?:leading|top|renowned|respected) (?:experts?|scientists?|researchers?|universit(?:y|ies)|institutions?)",
    "in my (?:professional|expert|medical|legal) (?:opinion|experience|judge?ment)",
    "years of experience",
  ]),
};
