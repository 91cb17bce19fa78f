// The families of architectures: one file each, one line here.

import type { Family } from "../family.ts";
import { gpt2 } from "./gpt2.ts";
import { llama } from "./llama.ts";

export const families = { llama, gpt2 } as const satisfies Readonly<Record<string, Family>>;
