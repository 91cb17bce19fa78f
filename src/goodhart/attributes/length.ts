// Length: the oldest thing that graders reward without being asked to.

import type { Attribute } from "./attribute.ts";
import { countWords } from "./words.ts";

export const length: Attribute = {
  name: "length",
  says: "words",
  measure: (response) => countWords(response),
};
