// A table that a phone shows as a stack of labelled lines; the roles are spelled out, since `display: block` would take them away.

import { markup, type Html } from "../markup.ts";

export type TableParts = {
  readonly caption: string;
  /** Widths in percent are fixed, so that no text, however long, can push a column out of the page. */
  readonly columns: readonly { readonly head: string; readonly width: number }[];
  /** Each row's first cell is its heading. */
  readonly rows: readonly (readonly Html[])[];
};

export function tableHtml({ caption, columns, rows }: TableParts): Html {
  return markup`<table role="table">
<caption>${caption}</caption>
<colgroup>${columns.map(({ width }) => markup`<col style="width: ${width}%">`)}</colgroup>
<thead role="rowgroup"><tr role="row">${columns.map(({ head }) => markup`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => rowHtml(row, columns))}</tbody>
</table>
`;
}

function rowHtml(row: readonly Html[], columns: TableParts["columns"]): Html {
  return markup`
<tr role="row">${row.map((cell, i) =>
    i === 0
      ? markup`<th role="rowheader" scope="row">${cell}</th>`
      : markup`<td role="cell" data-label="${columns[i]?.head}"><div>${cell}</div></td>`,
  )}</tr>`;
}
