// What a browser made of the page, read back: its elements, and its numbers with what stands beside them.

import type { Page } from "playwright-core";
import type { PageDocument } from "./dom.ts";

/** In the page alone. */
declare const document: PageDocument;

/** Every element with its attributes' names, but for those that only long text brings: a line in a picture, a mark of a cut. */
export function structureOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*:not(tspan):not(.cut)")].map((element) =>
      [element.tagName.toLowerCase(), ...element.getAttributeNames()].join(" "),
    ),
  );
}

/**
 * `bare`: figures in percent or points that stand neither in a number with interval and n, nor among what belongs to the plan, nor in
 * words that were recorded whole. `incomplete`: numbers that lack interval or n. `complete`: how many have both.
 */
export function unheardNumbers(
  page: Page,
): Promise<{ readonly bare: string[]; readonly incomplete: string[]; readonly complete: number }> {
  return page.evaluate(() => {
    const body = document.body.cloneNode(true);
    const whole = /^[+−]?[\d.]+(?:\u00a0(?:%|pp))?\s\[[+−]?[\d.]+,\s[+−]?[\d.]+\]\sn\u00a0=\u00a0\d/u;
    const said = /interval .* to .*n = \d|^[^\d]*$|could not be tested|makes up/isu;
    const numbers = [...body.querySelectorAll(".estimate")].map(({ textContent }) => textContent);
    const sentences = [...body.querySelectorAll(".found .says")].map(({ textContent }) => textContent);
    for (const element of body.querySelectorAll(
      ".estimate, .plan, .found .says, .transcript, .abstract, .tick, .notes, svg.picture",
    ))
      element.remove();
    const bare = (
      body.textContent.match(/[+−]?[\d.]+[\s\u00a0](?:%|pp\b|percentage points)/gu) ?? []
    ).slice();
    return {
      bare,
      incomplete: [
        ...numbers.filter((text) => !whole.test(text)),
        ...sentences.filter((text) => !said.test(text)),
      ],
      complete: numbers.length,
    };
  });
}

/** What is wider than the window: the page itself, and every element of it, since one that hides its overflow would pass unseen. */
export function wider(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const boxes = [...document.querySelectorAll("main *:not(svg *):not(thead *)")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return [
      ...(scrollWidth > clientWidth ? [`the page: ${scrollWidth}`] : []),
      ...boxes.map((element) => element.outerHTML.slice(0, 100)),
    ];
  });
}
