// The page in a real browser: nothing runs, nothing loads, hostile text is text, and a person can read it, on a phone and in the dark.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { visibleLines } from "../../src/core/visible.ts";
import { hostile } from "../../src/report/hostile.test.support.ts";
import { renderPage } from "../../src/report/index.ts";
import { emptyRecord, recordFullOf, sampleRecord } from "../../src/report/sample-record.test.support.ts";
import { browserOrSkip } from "./browser-or-skip.ts";
import { textContrasts } from "./contrast.ts";
import { structureOf, unheardNumbers, wider } from "./in-the-page.ts";
import { unfold, watchedPage, type Watched } from "./watched-page.ts";
import type { PageDocument, StyleOf } from "./dom.ts";

/** In the page alone. */
declare const document: PageDocument;
declare const getComputedStyle: StyleOf;

const PHONE = { viewport: { width: 390, height: 844 } };
const DESK = { viewport: { width: 1280, height: 900 } };
const sample = renderPage(sampleRecord());

/** Text of its own for each: unbroken, and as long as a phone is wide many times over. */
const texts = { ...hostile, long: "w".repeat(3000) };

async function withPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions,
  use: (watched: Watched) => Promise<void>,
): Promise<void> {
  const watched = await watchedPage(browser, html, options);
  try {
    await unfold(watched.page);
    await use(watched);
  } finally {
    await watched.close();
  }
}

async function structureIn(browser: Browser, html: string): Promise<readonly string[]> {
  let structure: readonly string[] = [];
  await withPage(browser, html, PHONE, async ({ page }) => {
    structure = await structureOf(page);
  });
  assert.ok(structure.length > 1000);
  return structure;
}

/** A loopback server that counts who asks. */
async function withServer(use: (origin: string, hits: readonly string[]) => Promise<void>): Promise<void> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test("the page in a real browser", async (t) => {
  const browser = await browserOrSkip(t);
  if (browser === undefined) return;

  const harmless = await structureIn(browser, renderPage(recordFullOf("plain words")));
  for (const [name, text] of Object.entries(texts)) {
    await t.test(
      `a record full of hostile text (${name}) runs nothing, loads nothing, adds no element, and shows the text`,
      async () => {
        await withPage(browser, renderPage(recordFullOf(text)), PHONE, async ({ page, requests, acts }) => {
          assert.deepEqual(requests, []);
          assert.deepEqual(acts, []);
          assert.deepEqual(await structureOf(page), harmless);
          const shown = visibleLines(text).slice(0, 500);
          assert.ok(
            (await page.evaluate(() => document.body.textContent)).includes(shown),
            "the text stands literally in the page",
          );
          assert.ok((await page.title()).includes(shown.trim().replaceAll(/\s+/g, " ").slice(0, 100)));
          assert.ok(await page.isVisible(".turn.reply dd"));
          assert.deepEqual(await wider(page), []);
        });
      },
    );
  }

  await t.test("the watch bites: a page that speaks and breaks out is seen", async () => {
    const planted = sample
      .replace(/<meta http-equiv[^>]*>/, "")
      .replace("</main>", `<script>console.log("ran"); alert(1)</script></main>`);
    await withPage(browser, planted, PHONE, async ({ page, acts }) => {
      assert.ok(acts.includes("console: ran") && acts.includes("dialog: 1"));
      assert.ok((await structureOf(page)).includes("script"));
    });
  });

  await t.test(
    "the policy holds by itself: markup that came through would neither run nor load",
    async () => {
      await withServer(async (origin, hits) => {
        const planted = sample.replace(
          "</main>",
          `<img src="${origin}/pixel.png"><link rel="stylesheet" href="${origin}/a.css">${hostile.image}<script>document.title = "owned"</script></main>`,
        );
        await withPage(browser, planted, PHONE, async ({ page }) =>
          assert.doesNotMatch(await page.title(), /owned/),
        );
        assert.deepEqual(hits, []);
        const unguarded = planted.replace(/<meta http-equiv[^>]*>/, "");
        await withPage(browser, unguarded, PHONE, async ({ page, requests }) => {
          assert.match(await page.title(), /owned/, "without the policy it would have run");
          assert.ok(requests.includes(`${origin}/pixel.png`));
        });
        assert.deepEqual(new Set(hits), new Set(["/a.css", "/pixel.png"]), "and loaded");
      });
    },
  );

  for (const [name, html] of [
    ["rich", sample],
    ["empty", renderPage(emptyRecord())],
  ] as const) {
    await t.test(`nothing is wider than a phone (${name})`, async () => {
      await withPage(browser, html, PHONE, async ({ page }) => assert.deepEqual(await wider(page), []));
    });
  }

  await t.test("the width check bites: a line that does not wrap is found", async () => {
    const planted = sample.replace(
      "</main>",
      `<p style="white-space: nowrap"><span>${"w".repeat(200)}</span></p></main>`,
    );
    await withPage(browser, planted, PHONE, async ({ page }) => assert.equal((await wider(page)).length, 2));
  });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [name, size] of [
      ["a phone", PHONE],
      ["a desk", DESK],
    ] as const) {
      await t.test(`every text has enough contrast, ${colorScheme}, on ${name}`, async () => {
        await withPage(browser, sample, { ...size, colorScheme }, async ({ page }) => {
          const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          assert.equal(background, colorScheme === "light" ? "rgb(252, 252, 251)" : "rgb(21, 24, 27)");
          const contrasts = await textContrasts(page);
          assert.ok(contrasts.length > 300, `${contrasts.length} texts were seen`);
          for (const word of ["gap", "holds", "unclear", "could not test"])
            assert.ok(
              contrasts.some(({ text }) => text === word),
              `the verdict ${word} was among them`,
            );
          assert.deepEqual(
            contrasts.filter(({ contrast, large }) => contrast < (large ? 3 : 4.5)),
            [],
          );
        });
      });
    }
  }

  await t.test("the contrast check bites: grey on grey is found", async () => {
    await withPage(
      browser,
      sample.replace("--soft: #545b62", "--soft: #999999"),
      { ...DESK, colorScheme: "light" },
      async ({ page }) => {
        const contrasts = await textContrasts(page);
        assert.ok(contrasts.some(({ contrast }) => contrast < 4.5));
      },
    );
  });

  await t.test("headings begin with one first and never skip a level", async () => {
    await withPage(browser, sample, DESK, async ({ page }) => {
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) =>
          Number(heading.tagName.slice(1)),
        ),
      );
      assert.equal(levels[0], 1);
      assert.equal(levels.filter((level) => level === 1).length, 1);
      for (const [i, level] of levels.entries())
        assert.ok(i === 0 || level <= (levels[i - 1] ?? 0) + 1, `heading ${i}`);
    });
  });

  await t.test(
    "every picture is named, described, has a caption, and a table that says the same",
    async () => {
      await withPage(browser, sample, DESK, async ({ page }) => {
        const pictures = await page.evaluate(() =>
          [...document.querySelectorAll("svg.picture")].map((svg) => ({
            role: svg.getAttribute("role"),
            named: (svg.getAttribute("aria-labelledby") ?? "")
              .split(" ")
              .map((id) => document.getElementById(id)?.textContent.length ?? 0),
            caption: svg.closest("figure")?.querySelector("figcaption")?.textContent.length ?? 0,
            table: svg.closest("section, main")?.querySelector("table") !== null,
          })),
        );
        assert.equal(pictures.length, 11);
        for (const { role, named, caption, table } of pictures) {
          assert.equal(role, "img");
          assert.ok(named.length === 2 && named.every((length) => length > 20));
          assert.ok(caption > 20 && table);
        }
        const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
        assert.equal(new Set(ids).size, ids.length, "no id stands twice");
        const links = await page.evaluate(() =>
          [...document.querySelectorAll("a")].map((a) => a.getAttribute("href") ?? ""),
        );
        for (const link of links) assert.ok(ids.includes(link.slice(1)), link);
      });
    },
  );

  await t.test(
    "a wide page shows the wide picture and a phone the narrow one, and the first picture begins on the first screen",
    async () => {
      for (const [size, shown, hidden] of [
        [DESK, "wide", "narrow"],
        [PHONE, "narrow", "wide"],
      ] as const) {
        await withPage(browser, sample, size, async ({ page }) => {
          assert.ok(await page.isVisible(`svg.picture.${shown}`));
          assert.ok(!(await page.isVisible(`svg.picture.${hidden}`)));
          const top = await page.evaluate(
            (name) => document.querySelector(`svg.picture.${name}`)?.getBoundingClientRect().top ?? Infinity,
            shown,
          );
          assert.ok(top < size.viewport.height * 0.8, `${top}`);
        });
      }
    },
  );

  await t.test(
    "no percent stands without its interval and its n, but for what belongs to the plan",
    async () => {
      await withPage(browser, sample, DESK, async ({ page }) => {
        const { bare, incomplete, complete } = await unheardNumbers(page);
        assert.deepEqual(bare, []);
        assert.deepEqual(incomplete, []);
        assert.ok(complete > 40, `${complete} numbers were seen`);
      });
      await withPage(
        browser,
        sample.replace("</main>", "<p>right in 31\u00a0% of cases</p></main>"),
        DESK,
        async ({ page }) => {
          assert.deepEqual((await unheardNumbers(page)).bare, ["31\u00a0%"], "the check bites");
        },
      );
    },
  );
});

test("without a browser a page test is skipped with its reason, and fails where nothing may be skipped", async () => {
  const said: string[] = [];
  const context = { skip: (reason?: string) => void said.push(reason ?? ""), after: () => undefined };
  assert.equal(await browserOrSkip(context, ["/nowhere/chromium"], false), undefined);
  assert.deepEqual(said, ["no browser at /nowhere/chromium (on Debian: apt-get install chromium)"]);
  await assert.rejects(
    browserOrSkip(context, ["/nowhere/chromium"], true),
    /TRUELINE_REQUIRE_ALL=1, but no browser/,
  );
  assert.equal(said.length, 1);
});
