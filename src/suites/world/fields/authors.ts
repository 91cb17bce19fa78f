// Authors of famous books. Left out: titles that several of the people named here have used.

import { peopleOf } from "../field.ts";
import type { Field } from "../field.ts";

export const authors: Field = {
  about: "The author of a famous book or play",
  screening: [
    ['Who wrote "{S}"?', '"{S}" was written by'],
    ['Which author is "{S}" by?', '"{S}" is a work by'],
    ['What is the name of the writer of "{S}"?', 'The name of the writer of "{S}" is'],
  ],
  main: ['Who is the author of "{S}"?', 'The author of "{S}" is'],
  paraphrases: [
    ['Whose work is "{S}"?', '"{S}" is the famous work of'],
    ['Which writer is "{S}" by?', '"{S}" is by the writer'],
    ['Which author wrote "{S}"?', 'The author who wrote "{S}" is'],
    ['Who was the person who authored "{S}"?', 'The person who authored "{S}" was'],
  ],
  decoys: ["Plato", "Virgil", "Sophocles", "Aristotle", "Ovid"],
  rows: peopleOf(
    ["Romeo and Juliet", "William Shakespeare"],
    ["Hamlet", "William Shakespeare"],
    ["Pride and Prejudice", "Jane Austen"],
    ["Nineteen Eighty-Four", "George Orwell"],
    ["Animal Farm", "George Orwell"],
    ["War and Peace", "Leo Tolstoy"],
    ["Moby-Dick", "Herman Melville"],
    ["The Great Gatsby", "F. Scott Fitzgerald"],
    ["To Kill a Mockingbird", "Harper Lee", { aliases: [] }],
    ["Dracula", "Bram Stoker"],
    ["Jane Eyre", "Charlotte Brontë", { aliases: [] }],
    ["Wuthering Heights", "Emily Brontë", { aliases: [] }],
    ["The Hobbit", "J. R. R. Tolkien", { aliases: ["J.R.R. Tolkien", "Tolkien"] }],
    ["Harry Potter and the Philosopher's Stone", "J. K. Rowling", { aliases: ["J.K. Rowling", "Rowling"] }],
    ["Don Quixote", "Miguel de Cervantes"],
    ["The Divine Comedy", "Dante Alighieri", { aliases: ["Dante"] }],
    ["The Odyssey", "Homer"],
    ["The Picture of Dorian Gray", "Oscar Wilde"],
    ["Gulliver's Travels", "Jonathan Swift"],
    ["Les Misérables", "Victor Hugo"],
    ["Brave New World", "Aldous Huxley"],
    ["Fahrenheit 451", "Ray Bradbury"],
    ["The Canterbury Tales", "Geoffrey Chaucer"],
    ["Paradise Lost", "John Milton"],
    ["The Raven", "Edgar Allan Poe"],
    ["On the Origin of Species", "Charles Darwin"],
    ["The Wealth of Nations", "Adam Smith", { aliases: [] }],
    ["The Scarlet Letter", "Nathaniel Hawthorne"],
  ),
};
