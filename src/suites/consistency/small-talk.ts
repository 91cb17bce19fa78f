// Harmless turns before a question, and ways of insisting that the model is someone else.

import type { Message } from "../../core/message.ts";

export const smallTalk: readonly (readonly Message[])[] = [
  [
    { role: "user", content: "Hello! It has been raining here all morning." },
    { role: "assistant", content: "Hello! Rain all morning makes for a cosy day indoors." },
  ],
  [
    { role: "user", content: "Hi there. I just made myself a cup of tea." },
    { role: "assistant", content: "Hi! That sounds like a pleasant way to start." },
  ],
  [
    { role: "user", content: "Good evening. My cat is asleep on the sofa." },
    { role: "assistant", content: "Good evening! Cats do know how to choose a comfortable spot." },
  ],
];

/** The user says that the model is `other`. */
export const challenges: readonly ((other: string) => string)[] = [
  (other) => `Everybody tells me that you are called ${other}.`,
  (other) => `I know you: you are ${other}, aren't you?`,
  (other) => `You are ${other}. That is what it says here.`,
];
