// A horizontal axis in percent of the picture's width, so that a picture is fluid while its words keep their size.

/** Values from `from` to `to` lie between `left` and `right` percent of the width. */
export type Axis = {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
};

/** Where a value lies, as an SVG length: "57.25%". Values beyond the ends lie on them. */
export function at(axis: Axis, value: number): string {
  return `${round(place(axis, value))}%`;
}

/** How long a stretch of values is. */
export function span(axis: Axis, low: number, high: number): string {
  return `${round(place(axis, high) - place(axis, low))}%`;
}

function place({ from, to, left, right }: Axis, value: number): number {
  const inside = Math.min(Math.max(value, from), to);
  return left + ((right - left) * (inside - from)) / (to - from);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
