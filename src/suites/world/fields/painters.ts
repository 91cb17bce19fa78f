// Who painted a famous picture. Painters who used the same title are never wrong.

import { peopleOf } from "../field.ts";
import type { Field } from "../field.ts";

export const painters: Field = {
  about: "The painter of a famous picture",
  screening: [
    ["Who painted {S}?", "{S} was painted by"],
    ["Which artist painted {S}?", "The artist who painted {S} is"],
    ["What is the name of the painter of {S}?", "The name of the painter of {S} is"],
  ],
  main: ["Which painter created {S}?", "The painter who created {S} is"],
  paraphrases: [
    ["{S} is a work by which artist?", "{S} is a work by"],
    ["Whose brush did {S} come from?", "{S} came from the brush of"],
    ["In art history, who is the painter of {S}?", "In art history, the painter of {S} is"],
    ["Do you know the artist behind {S}?", "The artist behind {S} is"],
  ],
  rows: peopleOf(
    [
      "the Mona Lisa",
      "Leonardo da Vinci",
      { aliases: ["Leonardo", "da Vinci"], never: ["Salvador Dalí", "Andy Warhol"] },
    ],
    [
      "The Last Supper in Milan",
      "Leonardo da Vinci",
      { aliases: ["Leonardo", "da Vinci"], never: ["Andy Warhol", "Salvador Dalí"] },
    ],
    ["The Starry Night", "Vincent van Gogh", { aliases: ["van Gogh"], never: ["Edvard Munch"] }],
    ["Guernica", "Pablo Picasso"],
    ["The Scream", "Edvard Munch", { never: ["Andy Warhol"] }],
    ["Girl with a Pearl Earring", "Johannes Vermeer"],
    ["The Night Watch", "Rembrandt", { aliases: ["Rembrandt van Rijn"] }],
    ["The Birth of Venus", "Sandro Botticelli", { never: ["Andy Warhol", "Raphael"] }],
    ["the ceiling of the Sistine Chapel", "Michelangelo", { never: ["Sandro Botticelli", "Raphael"] }],
    ["The Persistence of Memory", "Salvador Dalí"],
    ["the Water Lilies series at Giverny", "Claude Monet"],
    ["American Gothic", "Grant Wood", { aliases: [] }],
    ["Las Meninas", "Diego Velázquez", { never: ["Pablo Picasso", "Salvador Dalí"] }],
    ["The School of Athens", "Raphael", { aliases: ["Raffaello"] }],
    ["the Campbell's Soup Cans", "Andy Warhol"],
    ["The Great Wave off Kanagawa", "Hokusai", { aliases: ["Katsushika Hokusai"] }],
    ["Nighthawks", "Edward Hopper"],
  ),
  decoys: ["Titian", "Caravaggio"],
};
