// The style sheet of the page, in the order in which its parts may overrule one another.

import { markup } from "../markup.ts";
import { narrow } from "./narrow.ts";
import { parts } from "./parts.ts";
import { pictures } from "./pictures.ts";
import { print } from "./print.ts";
import { text } from "./text.ts";
import { theme } from "./theme.ts";

export const style = markup`<style>
${theme}${text}${pictures}${parts}${narrow}${print}</style>`;
