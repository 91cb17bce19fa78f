// Bold marks: emphasis by Markdown.

import type { Attribute } from "./attribute.ts";

const bold = /(?<!\*)\*\*(?!\s)[^*\n]{1,200}(?<!\s)\*\*/g;

export const boldMarks: Attribute = {
  name: "bold-marks",
  says: "passages of up to 200 characters between double asterisks",
  measure: (response) => {
    bold.lastIndex = 0;
    let found = 0;
    while (bold.test(response)) found++;
    return found;
  },
};
