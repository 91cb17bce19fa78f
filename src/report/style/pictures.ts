// Pictures: the marks of gaps and controls, the true line, the band of the margin.

import { markup } from "../markup.ts";

export const pictures = markup`figure { margin: 1.5rem 0 1rem; }
figcaption { font: .875rem/1.5 var(--sans); color: var(--soft); max-width: 48rem; margin-top: .6rem; }
.key { display: block; margin-top: .15rem; }
.picture { display: block; overflow: hidden; font: 14px/16px var(--sans); }
.picture.square { width: 100%; max-width: 25rem; height: auto; }
.picture.wide { display: none; }
.picture text { fill: var(--ink); }
.picture .small, .picture .tick, .picture .axis-label, .picture .no-number { fill: var(--soft); font: 12.5px var(--sans); }
.picture .no-number { font-style: italic; }
.picture .name, .picture .word { font-weight: 600; }
.picture .value { font-variant-numeric: tabular-nums; }
.picture .at { overflow: visible; }
.picture .word { fill: currentColor; }
.band { fill: var(--band); }
.track { stroke: var(--track); stroke-width: 1; }
.grid-line { stroke: var(--track); stroke-width: 1; stroke-dasharray: 1 3; }
.true-line { stroke: var(--ink); stroke-width: 1.25; }
.rule { stroke: var(--rule); stroke-width: 1; }
.whisker line { stroke: currentColor; stroke-width: 2; }
.shape { fill: currentColor; stroke: none; }
.shape.cross { fill: none; stroke: currentColor; stroke-width: 2.5; }
.plain { color: var(--ink); }
.plain .dot { fill: currentColor; }
.curve-pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem 2rem; max-width: 52rem; }
.curve { fill: none; stroke: var(--ink); stroke-width: 2; }
.curve.gold { stroke: var(--gap); }
.forest .small { fill: var(--soft); }
.curve-band { fill: var(--track); fill-opacity: .55; stroke: none; }
.control { color: var(--soft); }
.control .whisker line { stroke-width: 1.25; }
.ring { fill: var(--paper); stroke: currentColor; stroke-width: 1.75; }
.v-gap { color: var(--gap); }
.v-holds { color: var(--holds); }
.v-unclear { color: var(--unclear); }
.v-could-not-test { color: var(--could-not-test); }
.verdict { font: 600 .9375rem/1.4 var(--sans); white-space: nowrap; }
.mark { vertical-align: -.15em; margin-right: .3em; overflow: visible; }
@media (min-width: 60rem) {
  .picture.wide { display: block; }
  .picture.narrow { display: none; }
  .reliability { display: grid; grid-template-columns: 25rem minmax(0, 1fr); gap: 2rem; align-items: end; }
  .reliability figcaption { max-width: 24rem; padding-bottom: 3rem; }
}
`;
