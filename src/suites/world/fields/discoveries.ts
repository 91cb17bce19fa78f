// Who is credited with an invention or a discovery. Left out: those with a serious rival, or with two names.

import { peopleOf } from "../field.ts";
import type { Field } from "../field.ts";

export const discoveries: Field = {
  about: "Who is credited with an invention or a discovery",
  screening: [
    ["Who is credited with {S}?", "The person credited with {S} is"],
    ["Who is known for {S}?", "The person known for {S} is"],
    ["Who gets the credit for {S}?", "The credit for {S} goes to"],
  ],
  main: ["To whom do we owe {S}?", "We owe {S} to"],
  paraphrases: [
    ["In the history of science, who is credited with {S}?", "In the history of science, {S} is credited to"],
    ["Which person is famous for {S}?", "The person who is famous for {S} is"],
    ["Do you know who is responsible for {S}?", "The person responsible for {S} is"],
    ["History books give credit for {S} to whom?", "History books give credit for {S} to"],
  ],
  rows: peopleOf(
    ["the theory of general relativity", "Albert Einstein"],
    [
      "the law of universal gravitation",
      "Isaac Newton",
      { aliases: ["Newton", "Sir Isaac Newton"], never: ["Albert Einstein", "Johannes Kepler"] },
    ],
    ["the discovery of penicillin", "Alexander Fleming"],
    ["the invention of dynamite", "Alfred Nobel"],
    ["the first vaccine against smallpox", "Edward Jenner", { never: ["Jonas Salk"] }],
    ["the first successful polio vaccine", "Jonas Salk"],
    ["the discovery of radium", "Marie Curie", { aliases: ["Curie"] }],
    [
      "the periodic table of the elements",
      "Dmitri Mendeleev",
      { aliases: ["Mendeleev", "Dmitri Mendeleyev"] },
    ],
    ["the invention of the lightning rod", "Benjamin Franklin"],
    ["the printing press with movable type in Europe", "Johannes Gutenberg"],
    ["the discovery of the neutron", "James Chadwick"],
    ["the laws of planetary motion", "Johannes Kepler", { never: ["Isaac Newton", "Nicolaus Copernicus"] }],
    ["the founding of psychoanalysis", "Sigmund Freud"],
    ["the invention of the phonograph", "Thomas Edison", { aliases: ["Edison", "Thomas Alva Edison"] }],
    ["the theory of evolution by natural selection", "Charles Darwin", { never: ["Gregor Mendel"] }],
  ),
};
