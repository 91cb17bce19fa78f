// The year of an event in history that has one undisputed year.

import { numberWrongs } from "../number-wrongs.ts";
import type { Field } from "../field.ts";

const events: readonly (readonly [subject: string, year: number, never?: readonly number[]])[] = [
  // Treaties and declarations came later: years in which one of them ended the war for somebody are never wrong.
  ["the end of World War II", 1945, [1946, 1947, 1951, 1952, 1955]],
  ["the end of World War I", 1918, [1919, 1920, 1921, 1923]],
  ["the beginning of World War I", 1914],
  ["the first voyage of Columbus to America", 1492],
  ["the American Declaration of Independence", 1776],
  ["the storming of the Bastille", 1789],
  ["the first landing of people on the Moon", 1969],
  ["the fall of the Berlin Wall", 1989],
  ["the Battle of Hastings", 1066],
  ["the sinking of the Titanic", 1912],
  ["the beginning of the American Civil War", 1861],
  ["the first sealing of the Magna Carta", 1215],
  ["the Battle of Waterloo", 1815],
  ["the attack on Pearl Harbor", 1941],
  ["the assassination of John F. Kennedy", 1963],
  ["the Great Fire of London", 1666],
  ["the October Revolution in Russia", 1917],
  // Wars that ran into this one began earlier in Asia, and for the United States it began later.
  ["the beginning of World War II", 1939, [1931, 1937, 1941]],
  ["the end of the American Civil War", 1865, [1866]],
  ["the independence of India from Britain", 1947, [1950]],
  ["the launch of Sputnik", 1957],
  ["the nuclear disaster at Chernobyl", 1986],
  ["the September 11 attacks", 2001],
  ["the fall of Constantinople to the Ottomans", 1453],
  ["the dissolution of the Soviet Union", 1991],
  ["the first powered flight of the Wright brothers", 1903],
];

export const years: Field = {
  about: "The year of an event in history",
  screening: [
    ["In what year was {S}?", "The year of {S} was"],
    ["Which year saw {S}?", "{S} was in the year"],
    ["In which year do history books place {S}?", "History books place {S} in the year"],
  ],
  main: ["What was the year of {S}?", "{S} took place in the year"],
  paraphrases: [
    ["What is the date, in years, of {S}?", "The date, in years, of {S} is"],
    ["When did history see {S}?", "History saw {S} in the year"],
    ["On a timeline, at which year do you find {S}?", "On a timeline, you find {S} at the year"],
    ["Do you remember the year of {S}?", "The year to remember for {S} is"],
  ],
  rows: events.map(([subject, year, never = []]) => ({
    subject,
    answer: String(year),
    wrong: numberWrongs(year, never, [3, -4, 7, -8, 10, -10, 14, -15]),
  })),
};
