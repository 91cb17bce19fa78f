// The word for a person by what the person does for a living.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const occupations: Field = {
  about: "The occupation of a person by what the person does",
  screening: [
    ["What do you call somebody who {S}?", "The word for somebody who {S} is"],
    ["Which occupation does a person have who {S}?", "The occupation of a person who {S} is"],
    ["What is the word for a person who {S}?", "A person who {S} is known by the word"],
  ],
  main: ["What is the job title of a person who {S}?", "The job title of a person who {S} is"],
  paraphrases: [
    [
      "In one word, what is a person who {S} by profession?",
      "In one word, the profession of a person who {S} is",
    ],
    ["Which job does somebody do who {S}?", "The job of somebody who {S} is that of the"],
    [
      "What would you call the occupation of a worker who {S}?",
      "The occupation of a worker who {S} is that of the",
    ],
    ["A person who {S} has which profession?", "The profession of a person who {S} is"],
  ],
  rows: rowsOf([
    ["makes bread and cakes to sell", "baker", { never: ["chef"] }],
    ["gives lessons in a school", "teacher", { aliases: ["instructor", "educator"] }],
    ["flies airplanes", "pilot", { aliases: ["aviator"], never: ["astronaut"] }],
    [
      "takes care of sick animals",
      "veterinarian",
      { aliases: ["vet", "veterinary"], never: ["farmer", "nurse", "doctor"] },
    ],
    ["takes care of people's teeth", "dentist", { never: ["doctor"] }],
    ["cuts men's hair", "barber", { aliases: ["hairdresser", "hairstylist"] }],
    ["puts out fires", "firefighter", { aliases: ["fireman"] }],
    ["draws up plans for new buildings", "architect"],
    ["repairs water pipes and sinks", "plumber"],
    ["cuts and sells meat", "butcher", { never: ["chef"] }],
    ["makes and alters clothes", "tailor", { aliases: ["seamstress", "dressmaker"] }],
    ["sells flowers and bouquets", "florist", { aliases: ["flower seller"], never: ["farmer"] }],
    ["studies stars and galaxies", "astronomer", { aliases: ["astrophysicist"], never: ["astronaut"] }],
    ["builds things out of wood", "carpenter", { aliases: ["woodworker", "joiner"], never: ["architect"] }],
    ["grows crops and keeps cattle", "farmer", { aliases: ["agriculturist"], never: ["butcher"] }],
    ["cooks the meals in a restaurant", "chef", { aliases: ["cook"], never: ["baker"] }],
    ["travels into space", "astronaut", { aliases: ["cosmonaut"], never: ["pilot"] }],
    ["defends people in court", "lawyer", { aliases: ["attorney", "barrister", "advocate"] }],
    ["installs and repairs electrical wiring", "electrician"],
    ["writes articles for a newspaper", "journalist", { aliases: ["reporter", "writer", "columnist"] }],
    ["lends out books in a public library", "librarian"],
  ]),
};
