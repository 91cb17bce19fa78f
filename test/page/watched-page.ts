// Opens a page from a file as a reader would, and keeps count of all that it tries to do beyond being read.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { PageDocument } from "./dom.ts";

/** In the page alone. */
declare const document: PageDocument;

export type Watched = {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly acts: readonly string[];
  readonly close: () => Promise<void>;
};

/** `requests`: every address that was asked for beside the page itself. `acts`: dialogs, messages and errors of scripts, other windows. */
export async function watchedPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-page-"));
  const file = path.join(folder, "report.html");
  // As a run writes it: lone surrogates would become U+FFFD here, so the page must hold none.
  writeFileSync(file, html, "utf8");
  const address = pathToFileURL(file).href;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const acts: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  page.on("dialog", (dialog) => {
    acts.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => acts.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => acts.push(`error: ${error.message}`));
  page.on("popup", () => acts.push("another window"));
  page.on("framenavigated", (frame) => {
    if (frame.url() !== address && !frame.url().startsWith(`${address}#`))
      acts.push(`gone to ${frame.url()}`);
  });
  await page.goto(address, { waitUntil: "load" });
  return {
    page,
    requests,
    acts,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens all that is folded, so that nothing is tested only because it is hidden. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}
