// Scales of the figure: where a value lies in pixels, and the round values that get a tick.

export type Scale = (value: number) => number;

/** Values from `from` to `to` on pixels from `start` to `end`, which may run upwards; values beyond lie on the ends. */
export function linear(from: number, to: number, start: number, end: number): Scale {
  return (value) => {
    const inside = Math.min(Math.max(value, from), to);
    return tenths(start + ((inside - from) / (to - from)) * (end - start));
  };
}

/** The same for n from 1 on, equal steps for equal factors. */
export function logarithmic(most: number, start: number, end: number): Scale {
  const scale = linear(0, Math.max(Math.log(most), 1e-9), start, end);
  return (n) => scale(Math.log(n));
}

/** Multiples of 1, 2 or 5 times a power of ten, about `wanted` of them, within the ends. */
export function ticksWithin(low: number, high: number, wanted: number): readonly number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/** A figure in a picture: a real minus sign. */
export function written(value: number, decimals?: number): string {
  const text = decimals === undefined ? String(value) : value.toFixed(decimals);
  return text.replace(/^-/u, "\u2212");
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
