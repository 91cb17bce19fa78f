// The name of a science by what it studies.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const sciences: Field = {
  about: "The science that studies something",
  screening: [
    ["What is the study of {S} called?", "The study of {S} is called"],
    ["Which field of science deals with {S}?", "The field of science that deals with {S} is"],
    ["Which branch of science is about {S}?", "The branch of science that is about {S} is"],
  ],
  main: ["What is the scientific study of {S} called?", "The scientific study of {S} is called"],
  paraphrases: [
    ["Which science studies {S}?", "The science that studies {S} is called"],
    ["What is the study of {S} known as?", "The study of {S} is known as"],
    ["What do you call the science of {S}?", "The science of {S} is called"],
    [
      "Somebody who wants to learn about {S} should take up which subject?",
      "The subject for learning about {S} is",
    ],
  ],
  decoys: ["chemistry", "mathematics", "theology", "musicology"],
  rows: rowsOf([
    [
      "stars, planets and galaxies",
      "astronomy",
      { aliases: ["astrophysics", "cosmology"], never: ["mathematics", "chemistry", "physics", "geology"] },
    ],
    [
      "living things in general",
      "biology",
      {
        aliases: ["life science"],
        never: [
          "cardiology",
          "dermatology",
          "microbiology",
          "ornithology",
          "sociology",
          "chemistry",
          "paleontology",
          "zoology",
          "botany",
          "ecology",
          "genetics",
        ],
      },
    ],
    [
      "the mind and human behavior",
      "psychology",
      {
        aliases: ["psychiatry"],
        never: ["zoology", "sociology", "linguistics", "genetics", "biology", "anthropology", "sociology"],
      },
    ],
    [
      "plants",
      "botany",
      { aliases: ["plant science"], never: ["chemistry", "microbiology", "biology", "genetics", "ecology"] },
    ],
    [
      "animals",
      "zoology",
      {
        never: [
          "ornithology",
          "microbiology",
          "psychology",
          "biology",
          "genetics",
          "ecology",
          "entomology",
          "paleontology",
          "anthropology",
        ],
      },
    ],
    [
      "the weather",
      "meteorology",
      { aliases: ["climatology"], never: ["chemistry", "physics", "astronomy", "geology"] },
    ],
    ["insects", "entomology", { never: ["microbiology", "zoology", "biology", "genetics", "ecology"] }],
    [
      "fossils",
      "paleontology",
      {
        aliases: ["palaeontology"],
        never: [
          "genetics",
          "chemistry",
          "entomology",
          "anthropology",
          "geology",
          "biology",
          "zoology",
          "archaeology",
          "botany",
        ],
      },
    ],
    [
      "genes and heredity",
      "genetics",
      { never: ["microbiology", "mathematics", "chemistry", "psychology", "biology", "zoology", "botany"] },
    ],
    [
      "matter, energy, motion and force",
      "physics",
      {
        aliases: ["mechanics"],
        never: ["seismology", "meteorology", "mathematics", "chemistry", "astronomy"],
      },
    ],
    [
      "rocks and minerals",
      "geology",
      {
        aliases: ["mineralogy", "petrology", "earth science"],
        never: ["paleontology", "seismology", "chemistry", "physics", "oceanography"],
      },
    ],
    ["birds", "ornithology", { never: ["paleontology", "zoology", "biology", "genetics"] }],
    [
      "bacteria and viruses",
      "microbiology",
      { aliases: ["virology", "bacteriology"], never: ["biology", "genetics"] },
    ],
    ["the heart and its diseases", "cardiology", { aliases: ["medicine"], never: ["biology", "genetics"] }],
    [
      "the skin and its diseases",
      "dermatology",
      { aliases: ["medicine"], never: ["biology", "genetics", "microbiology"] },
    ],
    [
      "human society",
      "sociology",
      { aliases: ["social science"], never: ["psychology", "economics", "linguistics"] },
    ],
    ["earthquakes", "seismology", { never: ["geology", "physics"] }],
    [
      "languages in general",
      "linguistics",
      { aliases: ["philology"], never: ["sociology", "anthropology", "psychology"] },
    ],
    [
      "the production, trade and use of goods and money",
      "economics",
      { aliases: ["finance"], never: ["sociology", "mathematics", "anthropology", "psychology"] },
    ],
  ]),
};
