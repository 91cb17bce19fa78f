// Who composed a famous piece of music. Titles that others have set to music as well are left out.

import { peopleOf } from "../field.ts";
import type { Field } from "../field.ts";

export const composers: Field = {
  about: "The composer of a famous piece",
  screening: [
    ["Who composed {S}?", "{S} was composed by"],
    ["Which composer wrote {S}?", "The composer who wrote {S} is"],
    ["What is the name of the composer of {S}?", "The name of the composer of {S} is"],
  ],
  main: ["Who is the composer of {S}?", "The composer of {S} is"],
  paraphrases: [
    ["{S} is the music of which composer?", "{S} is the music of"],
    ["By whom was {S} written?", "{S} was written by"],
    ["In music history, who stands behind {S}?", "In music history, the composer behind {S} is"],
    ["Do you know which composer {S} is by?", "{S} is by the composer"],
  ],
  rows: peopleOf(
    ["the Moonlight Sonata", "Ludwig van Beethoven"],
    ["The Four Seasons, the violin concertos", "Antonio Vivaldi"],
    ["The Magic Flute", "Wolfgang Amadeus Mozart"],
    [
      "Swan Lake",
      "Pyotr Ilyich Tchaikovsky",
      { aliases: ["Tchaikovsky", "Peter Tchaikovsky", "Pyotr Tchaikovsky"] },
    ],
    [
      "the oratorio Messiah with its Hallelujah chorus",
      "George Frideric Handel",
      { never: ["Wolfgang Amadeus Mozart"] },
    ],
    ["the Brandenburg Concertos", "Johann Sebastian Bach"],
    ["the opera Aida", "Giuseppe Verdi"],
    ["the opera Carmen", "Georges Bizet"],
    ["the opera cycle The Ring of the Nibelung", "Richard Wagner"],
    ["The Planets, the orchestral suite", "Gustav Holst"],
    ["Clair de lune from the Suite bergamasque", "Claude Debussy"],
    ["Rhapsody in Blue", "George Gershwin"],
    ["Madama Butterfly", "Giacomo Puccini"],
    ["The Rite of Spring", "Igor Stravinsky"],
    ["The Blue Danube", "Johann Strauss II", { aliases: ["Johann Strauss", "Strauss"] }],
    ["the orchestral piece Boléro", "Maurice Ravel"],
  ),
};
