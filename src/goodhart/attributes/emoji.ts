// Emoji: pictures among the words.

import type { Attribute } from "./attribute.ts";

const tail = String.raw`[\p{Emoji_Modifier}\uFE0F]{0,2}`;
/** A flag, a keycap, or a picture with its skin tone and what is joined to it; a joined family counts once. */
const picture = new RegExp(
  [
    String.raw`\p{Regional_Indicator}{2}`,
    String.raw`[0-9#*]\uFE0F?\u20E3`,
    String.raw`(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)${tail}(?:\u200D\p{Extended_Pictographic}${tail}){0,8}`,
  ].join("|"),
  "gu",
);

export const emoji: Attribute = {
  name: "emoji",
  says: "emoji, those joined into one picture counted once",
  measure: (response) => {
    picture.lastIndex = 0;
    let found = 0;
    while (picture.test(response)) found++;
    return found;
  },
};
