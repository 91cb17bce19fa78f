// The form in which a field of facts is written down: rows of subject and answer, and seven ways to ask.

/** A question and the words that its answer begins with; `{S}` stands for the subject in both. */
export type Template = readonly [question: string, opening: string];

export type Row = {
  readonly subject: string;
  readonly answer: string;
  readonly aliases?: readonly string[];
  /** What must never be offered as wrong, because it could pass for right under some reading. */
  readonly never?: readonly string[];
  /** Wrong answers by hand. They replace the ones that are drawn from the field. */
  readonly wrong?: readonly string[];
  /** Rows of the same group are preferred as a source of wrong answers (a region, a part of speech). */
  readonly group?: string;
};

export type Field = {
  /** One line for the reader of the docs. */
  readonly about: string;
  readonly screening: readonly [Template, Template, Template];
  readonly main: Template;
  readonly paraphrases: readonly Template[];
  /** Wrong answers of the same kind that are the right one for no row. */
  readonly decoys?: readonly string[];
  readonly rows: readonly Row[];
};

type Extras = Omit<Row, "subject" | "answer">;

/** Rows from short tuples; what is in `common` holds for each of them. */
export function rowsOf(
  tuples: readonly (readonly [subject: string, answer: string, extras?: Extras])[],
  common: Extras = {},
): readonly Row[] {
  return tuples.map(([subject, answer, extras = {}]) => ({ subject, answer, ...common, ...extras }));
}

/** Rows whose answers are people: the last name alone counts as the answer too, unless the row lists its own aliases. */
export function peopleOf(...tuples: Parameters<typeof rowsOf>[0]): readonly Row[] {
  return rowsOf(tuples).map((row) => ({ aliases: row.answer.split(" ").slice(1).slice(-1), ...row }));
}
