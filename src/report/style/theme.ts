// Colours in two themes and the families of letters. Every colour of text reaches a contrast of 4.5 on paper and panel.

import { markup } from "../markup.ts";

export const theme = markup`:root {
  --paper: #fcfcfb; --panel: #f2f3f1; --ink: #1b1e21; --soft: #545b62; --rule: #d9dcdb; --band: #e1e9ed; --track: #c3c9cc;
  --gap: #a8261a; --holds: #0b6457; --unclear: #7a5200; --could-not-test: #545b62; --link: #1c4f8a;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", "Sitka Text", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181b; --panel: #1f2327; --ink: #e4e6e7; --soft: #a6aeb5; --rule: #353b40; --band: #26343c; --track: #4a5258;
    --gap: #ff9384; --holds: #63d0b8; --unclear: #e6b655; --could-not-test: #a6aeb5; --link: #92bdf2;
  }
}
`;
