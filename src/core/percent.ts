// A proportion as people read it: 0.2345 -> "23.5 %".

export function percent(proportion: number): string {
  const tenths = Math.round(proportion * 1000) / 10;
  return `${Object.is(tenths, -0) ? 0 : tenths} %`;
}
