// Chemical elements by their symbol, in this direction only: the other would ask the same fact again.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const elements: Field = {
  about: "The chemical element with a symbol",
  screening: [
    ["What element does the chemical symbol {S} stand for?", "The chemical symbol {S} stands for"],
    [
      "In chemistry, what is the element with the symbol {S} called?",
      "The element with the symbol {S} is called",
    ],
    ["What does {S} stand for on the periodic table?", "On the periodic table, {S} stands for"],
  ],
  main: ["What element has the chemical symbol {S}?", "The element that has the chemical symbol {S} is"],
  paraphrases: [
    [
      "Which element is written as {S} in chemical formulas?",
      "The element that is written as {S} in chemical formulas is",
    ],
    ["Which element is abbreviated as {S}?", "In chemistry, {S} is the symbol for"],
    [
      "The chemical symbol {S} belongs to which element?",
      "The chemical symbol {S} belongs to the element called",
    ],
    [
      "Do you know the name of the element whose symbol is {S}?",
      "The name of the element whose symbol is {S} is",
    ],
  ],
  rows: rowsOf([
    ["H", "hydrogen"],
    ["He", "helium"],
    ["C", "carbon"],
    ["N", "nitrogen"],
    ["O", "oxygen"],
    ["Na", "sodium"],
    ["Mg", "magnesium"],
    ["Al", "aluminum", { aliases: ["aluminium"] }],
    ["Si", "silicon"],
    ["P", "phosphorus"],
    ["Cl", "chlorine"],
    ["K", "potassium"],
    ["Ca", "calcium"],
    ["Cr", "chromium"],
    ["Mn", "manganese"],
    ["Fe", "iron"],
    ["Ni", "nickel"],
    ["Cu", "copper"],
    ["Zn", "zinc"],
    ["Ag", "silver"],
    ["Pt", "platinum"],
    ["Au", "gold"],
    ["Hg", "mercury"],
    ["Pb", "lead"],
    ["U", "uranium"],
  ]),
};
