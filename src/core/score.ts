// A score of one observation: a value, or the reason why there is none. Unscored is never counted as either side.

export type Score =
  | { readonly kind: "scored"; readonly value: number }
  | { readonly kind: "unscored"; readonly because: string };

export function scored(value: number | boolean): Score {
  return { kind: "scored", value: Number(value) };
}

export function unscored(because: string): Score {
  return { kind: "unscored", because };
}
