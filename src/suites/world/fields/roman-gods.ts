// The Roman name of a Greek god.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const romanGods: Field = {
  about: "The Roman name of a Greek god",
  screening: [
    ["What is the Roman name of the Greek god {S}?", "The Roman name of the Greek god {S} is"],
    ["Which Roman god corresponds to the Greek {S}?", "The Roman god that corresponds to the Greek {S} is"],
    ["What did the Romans call {S}?", "The Romans called {S} by the name"],
  ],
  main: ["What was the Roman name for the Greek {S}?", "The Roman name for the Greek {S} was"],
  paraphrases: [
    ["Who is the Roman equivalent of the Greek {S}?", "The Roman equivalent of the Greek {S} is"],
    ["Under which name was {S} worshipped in Rome?", "In Rome, {S} was worshipped under the name"],
    ["In Roman mythology, who is the counterpart of {S}?", "In Roman mythology, the counterpart of {S} is"],
    ["Greek {S} became which Roman god?", "Greek {S} became the Roman"],
  ],
  rows: rowsOf([
    ["Zeus", "Jupiter", { aliases: ["Jove"] }],
    ["Poseidon", "Neptune"],
    ["Ares", "Mars"],
    ["Aphrodite", "Venus"],
    ["Hermes", "Mercury"],
    ["Hades", "Pluto", { aliases: ["Dis Pater"] }],
    ["Athena", "Minerva"],
    ["Artemis", "Diana"],
    ["Hera", "Juno"],
    ["Dionysus", "Bacchus", { aliases: ["Liber"] }],
    ["Hephaestus", "Vulcan"],
    ["Eros", "Cupid", { aliases: ["Amor"] }],
    ["Cronus", "Saturn"],
  ]),
};
