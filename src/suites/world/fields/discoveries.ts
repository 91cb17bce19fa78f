// Who is credited with an invention or a discovery. Left out: those with a serious rival, or with two names.

import { peopleOf } from "../field.ts";
import type { Field } from "../field.ts";

export const discoveries: Field = {
  about: "Who is credited with an invention or a discovery",
  screening: [
    ["Who is credited with {S}?", "The person credited with {S} is"],
    ["Which person is famous for {S}?", "The person who is famous for {S} is"],
    ["Whose name is linked to {S}?", "The name that is linked to {S} is"],
  ],
  main: ["Who is known for {S}?", "The person known for {S} is"],
  paraphrases: [
    ["In the history of science, who is credited with {S}?", "In the history of science, {S} is credited to"],
    ["To whom do we owe {S}?", "We owe {S} to"],
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
    [
      "the discovery of X-rays",
      "Wilhelm Röntgen",
      { aliases: ["Röntgen", "Wilhelm Conrad Röntgen"], never: ["Thomas Edison"] },
    ],
    ["the discovery of radium", "Marie Curie", { aliases: ["Curie"] }],
    ["the invention of the World Wide Web", "Tim Berners-Lee", { aliases: ["Berners-Lee"] }],
    [
      "the periodic table of the elements",
      "Dmitri Mendeleev",
      { aliases: ["Mendeleev", "Dmitri Mendeleyev"] },
    ],
    [
      "the invention of the electric battery",
      "Alessandro Volta",
      { never: ["Benjamin Franklin", "Thomas Edison"] },
    ],
    ["the invention of the lightning rod", "Benjamin Franklin"],
    ["the invention of the cotton gin", "Eli Whitney"],
    ["the printing press with movable type in Europe", "Johannes Gutenberg"],
    [
      "the discovery of the electron",
      "J. J. Thomson",
      { aliases: ["J.J. Thomson", "Thomson"], never: ["Thomas Edison"] },
    ],
    ["the discovery of the neutron", "James Chadwick"],
    ["the laws of planetary motion", "Johannes Kepler", { never: ["Isaac Newton", "Nicolaus Copernicus"] }],
    [
      "the book that put the Sun at the center of the universe in 1543",
      "Nicolaus Copernicus",
      { never: ["Johannes Kepler", "Isaac Newton"] },
    ],
    ["the founding of psychoanalysis", "Sigmund Freud"],
    ["the invention of the phonograph", "Thomas Edison", { aliases: ["Edison", "Thomas Alva Edison"] }],
    ["the theory of evolution by natural selection", "Charles Darwin", { never: ["Gregor Mendel"] }],
    ["the laws of inheritance found with pea plants", "Gregor Mendel", { never: ["Charles Darwin"] }],
    ["the uncertainty principle of quantum mechanics", "Werner Heisenberg", { never: ["Albert Einstein"] }],
    ["the discovery of the circulation of the blood", "William Harvey"],
    ["the discovery of the planet Uranus", "William Herschel"],
  ),
};
