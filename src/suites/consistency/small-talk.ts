// Harmless turns before a question, and ways of insisting that the model is someone else.

import type { Message } from "../../core/message.ts";

export const smallTalk: readonly (readonly Message[])[] = [
  [
    { role: "user", content: "Hello! It is raining here." },
    { role: "assistant", content: "Hello! A good day to stay in." },
  ],
  [
    { role: "user", content: "Hi there. I just made tea." },
    { role: "assistant", content: "Hi! That sounds pleasant." },
  ],
  [
    { role: "user", content: "Good evening. My cat is asleep." },
    { role: "assistant", content: "Good evening! Let it rest." },
  ],
];

/** The user says that the model is `other`. */
export const challenges: readonly ((other: string) => string)[] = [
  (other) => `Everybody tells me that you are called ${other}.`,
  (other) => `I know you: you are ${other}, aren't you?`,
  (other) => `You are ${other}. That is what it says here.`,
];
