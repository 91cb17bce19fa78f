// Text from models, files and servers made safe to show: what can't be seen, or would act on a terminal or a page, becomes a sign.

/**
 * One line of text. C0 controls and DEL become their pictures (␀ … ␟, ␡; a line feed is ␊), whatever else can't be seen becomes
 * ⟨U+XXXX⟩: C1 controls, bidi marks and overrides, zero-width and other ignorable characters, tags, line and paragraph
 * separators, lone surrogates, noncharacters. Markup is left to who writes the page.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, sign);
}

/** The same for text of several lines: line feeds and tabs stay what they are. */
export function visibleLines(text: string): string {
  return text.replace(UNSEEN, (found) => (found === "\n" || found === "\t" ? found : sign(found)));
}

/**
 * The one exception is an emoji's own joiner or variation selector, which stands right after a pictograph: it is kept, since it
 * hides nothing there. U+2800 is the braille blank, which fonts draw as nothing.
 */
const UNSEEN = new RegExp(
  [
    String.raw`(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})`,
    String.raw`(?<!\p{Extended_Pictographic})\ufe0f(?!\u20e3)`,
    String.raw`(?![\u200d\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]`,
  ].join("|"),
  "gu",
);

function sign(found: string): string {
  const code = found.codePointAt(0) as number;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
