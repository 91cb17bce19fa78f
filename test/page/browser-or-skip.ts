// The browser for page tests, or a skip with its reason where there is none.

import { existsSync } from "node:fs";
import type { TestContext } from "node:test";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A headless Chromium, closed when the test ends. Where none can be started the test is skipped and says why; with
 * TRUELINE_REQUIRE_ALL=1 it fails instead.
 */
export async function browserOrSkip(
  t: Pick<TestContext, "skip" | "after">,
  places: readonly string[] = PLACES,
  required = process.env["TRUELINE_REQUIRE_ALL"] === "1",
): Promise<Browser | undefined> {
  const executablePath = places.find((place) => existsSync(place));
  const launched =
    executablePath === undefined
      ? `no browser at ${places.join(", ")} (on Debian: apt-get install chromium)`
      : await chromium
          .launch({ executablePath, args: ARGS })
          .catch((error: unknown) => `${executablePath} does not start: ${String(error).split("\n")[0]}`);
  if (typeof launched === "string") {
    if (required) throw new Error(`TRUELINE_REQUIRE_ALL=1, but ${launched}`);
    t.skip(launched);
    return undefined;
  }
  t.after(() => launched.close());
  return launched;
}
