// List items: does the text come as bullets or numbered steps?

import type { Attribute } from "./attribute.ts";

const item = /^[ \t]{0,12}(?:[-*+•]|\d{1,4}[.)])[ \t]/gm;

export const listItems: Attribute = {
  name: "list-items",
  says: "lines that begin with a bullet (-, *, +, •) or a number and a point or bracket",
  measure: (response) => {
    item.lastIndex = 0;
    let found = 0;
    while (item.test(response)) found++;
    return found;
  },
};
