// The name of a science by what it studies.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const sciences: Field = {
  about: "The science that studies something",
  screening: [
    ["Which science studies {S}?", "The science that studies {S} is"],
    ["What is the study of {S} called?", "The study of {S} is called"],
    ["What is the name of the field that deals with {S}?", "The name of the field that deals with {S} is"],
  ],
  main: ["What is the scientific study of {S} called?", "The scientific study of {S} is called"],
  paraphrases: [
    ["Which branch of science is about {S}?", "The branch of science that is about {S} is"],
    ["What do you call the science of {S}?", "The science of {S} is"],
    [
      "Somebody who wants to learn about {S} should take up which subject?",
      "The subject for learning about {S} is",
    ],
    ["{S} are the concern of which science?", "{S} are the concern of"],
  ],
  rows: rowsOf([
    [
      "stars, planets and galaxies",
      "astronomy",
      { aliases: ["astrophysics", "cosmology"], never: ["chemistry", "physics", "geology"] },
    ],
    [
      "living things in general",
      "biology",
      {
        aliases: ["life science"],
        never: ["chemistry", "paleontology", "zoology", "botany", "ecology", "genetics"],
      },
    ],
    [
      "rocks and the layers of the Earth",
      "geology",
      {
        aliases: ["earth science"],
        never: ["seismology", "chemistry", "physics", "botany", "paleontology", "geography"],
      },
    ],
    [
      "the mind and human behavior",
      "psychology",
      { aliases: ["psychiatry"], never: ["linguistics", "genetics", "biology", "anthropology", "sociology"] },
    ],
    ["plants", "botany", { aliases: ["plant science"], never: ["biology", "genetics", "ecology"] }],
    [
      "animals",
      "zoology",
      {
        never: ["psychology", "biology", "genetics", "ecology", "entomology", "paleontology", "anthropology"],
      },
    ],
    ["the weather", "meteorology", { aliases: ["climatology"], never: ["physics", "astronomy", "geology"] }],
    ["insects", "entomology", { never: ["zoology", "biology", "genetics", "ecology"] }],
    [
      "fossils",
      "paleontology",
      {
        aliases: ["palaeontology"],
        never: ["entomology", "anthropology", "geology", "biology", "zoology", "archaeology", "botany"],
      },
    ],
    [
      "genes and heredity",
      "genetics",
      { never: ["chemistry", "psychology", "biology", "zoology", "botany"] },
    ],
    ["substances and how they react", "chemistry", { never: ["physics"] }],
    [
      "matter, energy, motion and force",
      "physics",
      { aliases: ["mechanics"], never: ["chemistry", "astronomy"] },
    ],
    ["earthquakes", "seismology", { never: ["geology", "physics"] }],
    [
      "languages in general",
      "linguistics",
      { aliases: ["philology"], never: ["anthropology", "psychology"] },
    ],
    [
      "ancient human remains dug out of the ground",
      "archaeology",
      { aliases: ["archeology"], never: ["anthropology", "paleontology", "geology", "biology", "genetics"] },
    ],
    [
      "the production, trade and use of goods and money",
      "economics",
      { aliases: ["finance"], never: ["anthropology", "psychology"] },
    ],
  ]),
};
