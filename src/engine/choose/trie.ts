// Many texts as one tree of tokens: what texts share at their beginning is computed once, and no text sees another.

/** A node's parent stands before it; -1 is the root, the end of the prefix that all texts share. */
export type Trie = {
  readonly tokens: readonly number[];
  readonly parents: readonly number[];
  /** Distance from the root, from 0: the node's place after the prefix. */
  readonly depths: readonly number[];
};

/** A growing tree. `add` returns the node at which the text ends. */
export interface TrieBuilder {
  readonly trie: Trie;
  /** Follows the tokens from a node (-1: the root), adding what is not there yet, and returns the last node. */
  add(from: number, tokens: readonly number[]): number;
}

export function trieBuilder(): TrieBuilder {
  const tokens: number[] = [];
  const parents: number[] = [];
  const depths: number[] = [];
  const children = new Map<string, number>();
  return {
    trie: { tokens, parents, depths },
    add: (from, text) => {
      let node = from;
      for (const token of text) {
        const edge = `${node} ${token}`;
        let next = children.get(edge);
        if (next === undefined) {
          next = tokens.length;
          tokens.push(token);
          parents.push(node);
          depths.push(node < 0 ? 0 : depths[node]! + 1);
          children.set(edge, next);
        }
        node = next;
      }
      return node;
    },
  };
}
