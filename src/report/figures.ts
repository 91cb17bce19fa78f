// Numbers as people read them: percent for rates, points for an excess, a real minus sign, and no more digits than the interval bears.

import type { EstimateRecord, GapRecord } from "../core/run-record.ts";

export type Measured = Exclude<EstimateRecord, { readonly kind: "none" }>;

/** How a number is written: a rate as percent, an excess as signed percentage points, either as a plain decimal, or in standard deviations. */
export type Scale = "percent" | "decimal" | "sd";

/** A specification's gap may be in standard deviations of its gold. */
export function scaleOf({ unit }: Pick<GapRecord, "unit">): Scale {
  return unit === "sd" ? "sd" : "percent";
}

const NBSP = "\u00a0";

/** The point, the interval's ends and the unit, all to the same number of decimals: "31 %", "24", "39". */
export function figures(estimate: Measured, scale: Scale = "percent", margin?: number) {
  const factor = scale === "percent" ? 100 : 1;
  const signed = estimate.kind === "excess";
  const [point, low, high] = [estimate.point, estimate.low, estimate.high].map((x) => x * factor) as [
    number,
    number,
    number,
  ];
  const limits = margin === undefined ? [] : [margin * factor, -margin * factor];
  const decimals = decimalsFor(low, high, limits, scale);
  const write = (x: number) => fixed(x, decimals, signed);
  const unit = scale === "decimal" ? "" : scale === "sd" ? `${NBSP}SD` : signed ? `${NBSP}pp` : `${NBSP}%`;
  return { point: `${write(point)}${unit}`, bare: write(point), low: write(low), high: write(high), unit };
}

/** "31 % [24, 39]" or "+31 pp [+24, +39]" or "0.21 [0.18, 0.25]". */
export function withInterval(estimate: Measured, scale: Scale = "percent", margin?: number): string {
  const { point, low, high } = figures(estimate, scale, margin);
  return `${point} [${low},${NBSP}${high}]`;
}

/** "n = 140", and the single cases where several share one unit: "n = 140 (420 cases)". */
export function count(estimate: EstimateRecord): string {
  const n = `n${NBSP}=${NBSP}${whole(estimate.n)}`;
  return estimate.kind === "none" || estimate.observations === estimate.n
    ? n
    : `${n} (${whole(estimate.observations)} cases)`;
}

/** A share that belongs to the plan and not to a measurement (margin, level, bound): "10 %", "12.5 %". */
export function share(value: number): string {
  return `${short(value * 100, false)}${NBSP}%`;
}

/** The same in percentage points, for an excess: "−8.4 pp". */
export function points(value: number, signed = true): string {
  return `${short(value * 100, signed)}${NBSP}pp`;
}

/** A share, points or standard deviations, as the gap's unit wants it. */
export function inUnitOf(gap: Pick<GapRecord, "kind" | "unit">, value: number, signed = true): string {
  if (scaleOf(gap) === "sd") return `${fixed(value, 2, signed)}${NBSP}SD`;
  return gap.kind === "rate" ? share(value) : points(value, signed);
}

/** A whole number with thin spaces between thousands: "98 362 432". Any other is written as it is. */
export function whole(value: number): string {
  if (!Number.isInteger(value)) return minus(String(value));
  return minus(String(value).replace(/\B(?=(?:\d{3})+$)/g, "\u202f"));
}

/**
 * Whole percents where the interval is 10 or wider, a decimal more for each factor of ten; one more where rounding would make an
 * end that lies beside the margin look as if it lay on it.
 */
function decimalsFor(low: number, high: number, limits: readonly number[], scale: Scale): number {
  const wide = high - low;
  const least = scale === "percent" ? 0 : 2;
  const decimals = wide > 0 ? Math.max(least, 1 - Math.floor(Math.log10(wide))) : least + 1;
  const hides = (d: number) =>
    limits.some((limit) =>
      [low, high].some((end) => end !== limit && fixed(end, d, true) === fixed(limit, d, true)),
    );
  return Math.min(hides(decimals) ? decimals + 1 : decimals, 4);
}

/** One decimal, and none where it would be a zero. */
function short(value: number, signed: boolean): string {
  return fixed(value, 1, signed).replace(/\.0$/, "");
}

function fixed(value: number, decimals: number, signed: boolean): string {
  const text = value.toFixed(decimals);
  const zero = Number(text) === 0;
  if (zero) return text.replace("-", "");
  return value > 0 && signed ? `+${text}` : minus(text);
}

function minus(text: string): string {
  return text.replace("-", "\u2212");
}

/** Figures in sentences that were written elsewhere: a real minus sign, and no line's end before a percent sign. */
export function typeset(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_-])-(?=\d)/gu, "\u2212").replace(/(?<=\d) (?=%)/g, NBSP);
}
