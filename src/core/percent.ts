// A proportion as people read it: 0.2345 -> "23.5 %".

export function percent(proportion: number): string {
  const tenths = Math.round(proportion * 1000) / 10;
  return `${tenths < 0 ? "−" : ""}${Math.abs(tenths)}\u00a0%`;
}
