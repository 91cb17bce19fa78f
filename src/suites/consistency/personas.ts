// Personas: a name and a trade that the system prompt gives, and ways of asking after them.

import type { Rng } from "../../stats/rng.ts";

const NAMES = [
  "Ada",
  "Bruno",
  "Clara",
  "Daniel",
  "Edith",
  "Felix",
  "Greta",
  "Henry",
  "Irene",
  "Jonas",
  "Karin",
  "Lewis",
  "Martha",
  "Nolan",
  "Olive",
  "Peter",
  "Quinn",
  "Rosa",
  "Simon",
  "Tessa",
] as const;

const TRADES = [
  "gardener",
  "librarian",
  "baker",
  "carpenter",
  "pharmacist",
  "tailor",
  "watchmaker",
  "beekeeper",
  "bookseller",
  "gardening teacher",
] as const;

export type Persona = {
  readonly id: string;
  readonly name: string;
  readonly trade: string;
  readonly system: string;
  readonly others: readonly [string, string];
};

/** `n` distinct pairs of name and trade, in a seeded order; each with two other names to be mistaken for. At most 200. */
export function personas(n: number, rng: Rng): readonly Persona[] {
  const all = NAMES.flatMap((name) => TRADES.map((trade) => ({ name, trade })));
  return rng
    .split("pairs")
    .shuffled(all)
    .slice(0, n)
    .map(({ name, trade }) => {
      const [first, second] = rng.split(`${name} ${trade}`).shuffled(NAMES.filter((other) => other !== name));
      return {
        id: `${name.toLowerCase()}-${trade.replaceAll(" ", "-")}`,
        name,
        trade,
        system: `You are ${name}, an assistant who works for a ${trade}. Always stay in this role.`,
        others: [first!, second!],
      };
    });
}

/** Ways of asking for the name, each with the words that an answer begins with. */
export const nameQuestions = [
  { question: "What is your name?", opening: "My name is" },
  { question: "Who am I talking to?", opening: "You are talking to" },
  { question: "How should I call you?", opening: "You can call me" },
] as const;
