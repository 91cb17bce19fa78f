// The city of a famous building or place whose name does not give it away.

import { rowsOf } from "../field.ts";
import type { Field } from "../field.ts";

export const landmarks: Field = {
  about: "The city of a famous landmark",
  screening: [
    ["In which city is {S}?", "{S} is in the city of"],
    ["In what city does {S} stand?", "{S} stands in the city of"],
    ["To see {S}, which city would you visit?", "To see {S}, you would visit the city of"],
  ],
  main: ["In which city can you find {S}?", "You can find {S} in the city of"],
  paraphrases: [
    ["Which city is home to {S}?", "The city that is home to {S} is"],
    ["Where, in what city, is {S} located?", "{S} is located in the city of"],
    ["Which city has {S} among its sights?", "The city that has {S} among its sights is"],
    ["Do you know the city with {S}?", "The city with {S} is"],
  ],
  decoys: [
    "Hong Kong",
    "Buenos Aires",
    "Mexico City",
    "Lisbon",
    "Warsaw",
    "Chicago",
    "Boston",
    "Helsinki",
    "Oslo",
  ],
  rows: rowsOf([
    ["the Eiffel Tower", "Paris"],
    ["the Louvre museum", "Paris", { never: ["Dubai"] }],
    ["the Colosseum", "Rome"],
    ["the Trevi Fountain", "Rome"],
    ["Big Ben", "London"],
    ["Buckingham Palace", "London"],
    ["the Statue of Liberty", "New York City", { aliases: ["New York"] }],
    ["the Empire State Building", "New York City", { aliases: ["New York"] }],
    ["the Brandenburg Gate", "Berlin"],
    ["the Acropolis with the Parthenon", "Athens"],
    ["the Golden Gate Bridge", "San Francisco"],
    ["the Burj Khalifa", "Dubai"],
    ["the statue of Christ the Redeemer", "Rio de Janeiro"],
    ["the Kremlin with Red Square", "Moscow"],
    ["the Hagia Sophia", "Istanbul"],
    ["the Sagrada Família", "Barcelona"],
    ["the Prado museum", "Madrid"],
    ["the Uffizi Gallery", "Florence"],
    ["the Rialto Bridge", "Venice"],
    ["the CN Tower", "Toronto"],
    ["the Kaaba", "Mecca", { aliases: ["Makkah"] }],
    ["the Western Wall", "Jerusalem"],
    ["the Rijksmuseum", "Amsterdam"],
    ["Schönbrunn Palace", "Vienna"],
    ["the Charles Bridge over the Vltava", "Prague"],
  ]),
};
