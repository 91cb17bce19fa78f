// The seeded random source: a parameter everywhere, split by name, so that no draw depends on what was drawn
// before it elsewhere.

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Rng {
  /** The path of names from the seed, e.g. "7/sycophancy/main"; enough to make the source again. */
  readonly path: string;
  /** A new source that depends on the path alone, not on how many draws this one has made. */
  split(name: string): Rng;
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Uniform whole number, 0 <= value < below. */
  int(below: number): number;
  /** A new array in random order. */
  shuffled<T>(items: readonly T[]): T[];
  /** One element. @throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
}

/** A source from a seed. The same seed gives the same draws on every machine. */
export function rngFrom(seed: number | string): Rng {
  return rngAt(String(seed));
}

function rngAt(path: string): Rng {
  const generator = xoroshiro128plus(hashOf(path));
  const uniform = () => uniformFloat64(generator);
  const int = (below: number) => {
    if (!Number.isInteger(below) || below < 1)
      throw new RangeError(`Rng.int: below must be a whole number of at least 1, got ${below}`);
    return uniformInt(generator, 0, below - 1);
  };
  return {
    path,
    split: (name) => rngAt(`${path}/${name}`),
    uniform,
    int,
    shuffled: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = int(i + 1);
        [out[i], out[j]] = [out[j] as (typeof out)[number], out[i] as (typeof out)[number]];
      }
      return out;
    },
    pick: (items) => {
      if (items.length === 0) throw new RangeError("Rng.pick: the list is empty");
      return items[int(items.length)] as (typeof items)[number];
    },
  };
}

/** FNV-1a, 32 bits, over UTF-16 code units, then a final avalanche (murmur3's) so that near paths give far seeds. */
function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
