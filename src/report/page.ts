// The report as one page of HTML: no script, no network, every figure from the run record.

import { markup } from "./markup.ts";
import { opening } from "./opening.ts";
import { renderSection } from "./section.ts";
import { sectionsOf } from "./sections/index.ts";
import { style } from "./style/index.ts";
import type { RunRecord } from "../core/run-record.ts";

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A whole HTML document. Pure: the same record gives the same bytes. */
export function renderPage(record: RunRecord): string {
  const sections = sectionsOf(record);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="referrer" content="no-referrer" />
<title>${record.manifest.model.title}: how far out of true</title>
<link rel="icon" href="data:," />
${style}
</head>
<body>
<main>
${opening(record)}
<nav aria-label="Sections">
<ul>
${sections.map(([id, { title }]) => markup`<li><a href="#${id}">${title}</a></li>`)}
</ul>
</nav>
${sections.map(([id, section]) => renderSection(id, section, record))}
</main>
</body>
</html> `.text;
}
