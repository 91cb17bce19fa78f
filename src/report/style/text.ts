// Reading text: one measure of about 70 characters, headings in their order.

import { markup } from "../markup.ts";

export const text = markup`* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 var(--serif); overflow-wrap: anywhere; }
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; font-weight: 600; }
h1 { font-size: 2rem; letter-spacing: -0.01em; margin: 0 0 .35rem; }
h2 { font-size: 1.5rem; margin: 3.75rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
h3 { font: 600 1rem/1.3 var(--sans); margin: 2rem 0 .5rem; }
p, ul, ol { margin: 0 0 .75rem; max-width: 42rem; }
ul, ol { padding-left: 1.3rem; }
li { margin-bottom: .3rem; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .86em var(--mono); }
.small { font: .875rem/1.45 var(--sans); }
.small, .n, .what { color: var(--soft); }
.what { font-style: italic; margin-bottom: 1.1rem; }
.abstract p { font-size: 1.125rem; line-height: 1.45; max-width: 48rem; margin-bottom: .45rem; text-wrap: pretty; }
nav ul { list-style: none; padding: 0; margin: 2rem 0 0; max-width: none; display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; font: .9375rem/1.5 var(--sans); }
nav li { margin: 0; }
details { margin: .5rem 0; }
summary { cursor: pointer; font: .9375rem/1.5 var(--sans); padding: .25rem 0; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
`;
