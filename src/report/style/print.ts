// Paper: black on white, nothing folded away, nothing torn apart.

import { markup } from "../markup.ts";

export const print = markup`@media print {
  :root {
    --paper: #fff; --panel: #fff; --ink: #000; --soft: #444; --rule: #bbb; --band: #e8e8e8; --track: #bbb;
    --gap: #8f1d12; --holds: #07534a; --unclear: #694700; --could-not-test: #444; --link: #000;
    color-scheme: light;
  }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  table { font-size: 7.5pt; }
  .how, .kind { font-size: 7pt; }
  .verdict { font-size: 8pt; }
  h2, h3, summary { break-after: avoid; }
  figure, tr, .turn, .meaning { break-inside: avoid; }
  .transcript, .meaning { border: 1px solid var(--rule); }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
}
`;
