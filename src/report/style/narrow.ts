// A phone: one column, and each row of a table a small stack of labelled lines.

import { markup } from "../markup.ts";

export const narrow = markup`@media screen and (max-width: 59.99rem) {
  main { padding: 1.5rem 1.1rem 3rem; }
  h1 { font-size: 1.6rem; }
  h2 { margin-top: 3rem; }
  .abstract p { font-size: 1.0625rem; }
  .method { margin-top: 1.25rem; }
  table, tbody, tr, th, td, caption { display: block; }
  colgroup { display: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tr { border-top: 1px solid var(--rule); padding: .6rem 0; }
  th, td { border: 0; padding: .15rem 0; }
  td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .75rem; }
  td::before { content: attr(data-label); color: var(--soft); }
  .manifest div, .turn { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
`;
