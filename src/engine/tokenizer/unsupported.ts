// What a tokenizer's file asks for that is not known here.

/** The message says what is wrong in words that follow the file's name. */
export class Unsupported extends Error {}
