// What is to be said of the columns of words of a table before anything is made of them.

import type { SampleColumns, TextLabels } from "../../goodhart/rows-of.ts";
import { restNote } from "../../goodhart/table/rest-note.ts";
import type { Table } from "../../goodhart/table/table.ts";

export function textNotes(table: Table, columns: SampleColumns, texts: TextLabels): readonly string[] {
  return (["proxy", "gold"] as const).flatMap((of) => {
    const [column, labels] = [columns[of], texts[of]];
    if (column === undefined || labels === undefined) return [];
    return restNote(table, column, labels, `--${of}-is-not`) ?? [];
  });
}
