// The parts of a section: claims beside their method, tables, transcripts, commands, and what it means for the reader.

import { markup } from "../markup.ts";

export const parts = markup`.columns { display: grid; gap: 0 3rem; }
@media (min-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr) 19rem; } }
.claim h3 { margin: 1.25rem 0 .25rem; }
.claim:first-child h3 { margin-top: .25rem; }
.claim p { margin-bottom: .35rem; }
.role { font: .8125rem var(--sans); color: var(--soft); margin-right: .3em; }
.method { font: .875rem/1.5 var(--sans); color: var(--soft); border-left: 2px solid var(--rule); padding-left: 1.1rem; align-self: start; }
.method h3 { font-size: .875rem; margin: .25rem 0 .4rem; color: var(--ink); }
.method ol { margin: 0; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 1rem 0 1.5rem; font: .875rem/1.45 var(--sans); font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0; border-top: 1px solid var(--rule); }
thead th { font-weight: 400; color: var(--soft); border-top: 0; padding-bottom: .25rem; vertical-align: bottom; }
tbody th { font-weight: 600; }
.estimate .ends, .estimate .n { white-space: nowrap; }
.how, .kind { display: block; font-size: .8125rem; font-weight: 400; color: var(--soft); }
.how.warn { color: var(--unclear); }
.absent { color: var(--soft); font-style: italic; }
.absent b { font-weight: 600; }
.not-measured { border-left: 3px solid var(--rule); padding-left: .9rem; color: var(--soft); }
.tally { font: .875rem/1.6 var(--sans); }
.count { display: inline-block; margin-right: .75rem; color: var(--soft); }
.count b { color: var(--ink); font-variant-numeric: tabular-nums; }
.notes { font: .875rem/1.5 var(--sans); color: var(--soft); }
.as-table summary { color: var(--link); }
.finding { border-top: 1px solid var(--rule); }
.pair { display: grid; gap: 1rem; margin: .5rem 0; }
@media (min-width: 48rem) { .pair { grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); } }
.transcript { margin: 0; min-width: 0; background: var(--panel); border-radius: 4px; padding: .9rem 1rem; overflow: clip; }
.transcript figcaption { margin: 0 0 .6rem; }
.transcript dl { margin: 0; font-size: .9375rem; line-height: 1.5; }
.turn { display: grid; grid-template-columns: 4.2rem minmax(0, 1fr); gap: .75rem; margin-bottom: .4rem; }
.turn dt { font: .8125rem/1.75 var(--sans); color: var(--soft); }
.turn dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; overflow: clip; }
.turn.reply dd { font-weight: 600; }
.turn .opening { font-weight: 400; color: var(--soft); }
.turn .absent { font-weight: 400; }
.cut { font: .8125rem var(--sans); color: var(--soft); white-space: normal; }
.commands { max-width: none; margin: .5rem 0; }
.command { display: block; font: .8125rem/1.6 var(--mono); white-space: pre-wrap; padding-left: 1.2rem; text-indent: -1.2rem; }
.command::before { content: "$ "; color: var(--soft); }
.failures h3 { margin-bottom: .2rem; }
.failures h3 .small { font-weight: 400; }
.failures p, .failures li p { margin-bottom: .2rem; }
.failures li { margin-bottom: .75rem; }
.failed { font: .875rem/1.5 var(--sans); }
.meaning { margin: 2rem 0 0; padding: 1rem 1.25rem 1.1rem; border-left: 4px solid var(--ink); background: var(--panel); }
.meaning h3 { margin: 0 0 .35rem; }
.meaning p { margin: 0; font-size: 1.125rem; }
.manifest { font: .875rem/1.5 var(--sans); margin: 0; }
.manifest div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 1rem; border-top: 1px solid var(--rule); padding: .35rem 0; }
.manifest dt { color: var(--soft); }
.manifest dd { margin: 0; }
.given { white-space: pre-wrap; }
`;
