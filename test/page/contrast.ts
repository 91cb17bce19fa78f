// Contrast as WCAG 2.2 defines it, measured in the page: every piece of text against the colour that lies behind it.

import type { Page } from "playwright-core";
import type { PageDocument, PageElement, StyleOf } from "./dom.ts";

/** In the page alone. */
declare const document: PageDocument;
declare const getComputedStyle: StyleOf;

export type TextContrast = { readonly text: string; readonly contrast: number; readonly large: boolean };

/** One entry for each text that has a box. Large is 24 px, or 18.66 px in bold; it needs 3, other text 4.5. */
export function textContrasts(page: Page): Promise<readonly TextContrast[]> {
  return page.evaluate(() => {
    const channels = (color: string): readonly number[] =>
      (/^rgba?\(([^)]+)\)/.exec(color)?.[1] ?? "").split(/[,/\s]+/).map(Number);
    const luminance = (color: string): number => {
      const [r = 0, g = 0, b = 0] = channels(color).map((c) =>
        c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backgroundOf = (element: PageElement): string => {
      for (let at: PageElement | null = element; at !== null; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if ((channels(color)[3] ?? 1) === 1) return color;
      }
      return "rgb(255, 255, 255)";
    };
    const found: { text: string; contrast: number; large: boolean }[] = [];
    const walker = document.createTreeWalker(document.body, 4);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent.trim();
      if (
        element === null ||
        text === "" ||
        element.closest("title, desc, style") !== null ||
        element.getClientRects().length === 0
      )
        continue;
      const style = getComputedStyle(element);
      const [low, high] = [
        luminance(element.namespaceURI.endsWith("/svg") ? style.fill : style.color),
        luminance(backgroundOf(element)),
      ].toSorted((a, b) => a - b) as [number, number];
      const size = Number.parseFloat(style.fontSize);
      found.push({
        text: text.slice(0, 60),
        contrast: (high + 0.05) / (low + 0.05),
        large: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700),
      });
    }
    return found;
  });
}
