// SentencePiece's merging (its "bpe" kind): of all neighbours that make a token the best-scored pair is joined, until none is left.

/** A place in the text: its characters so far, and its neighbours. */
type Piece = { text: string; before: number; after: number };
type Pair = {
  readonly score: number;
  readonly left: number;
  readonly right: number;
  readonly length: number;
};

/**
 * Kudo & Richardson 2018 (SentencePiece), as its BPE model and llama.cpp do it: ties go to the pair further left.
 * @param scores tokens that text may become and their scores; control and byte tokens are none of them
 * @returns a function from text to pieces, each a key of `scores` or a single character that has no token
 */
export function sentencepieceMerges(scores: ReadonlyMap<string, number>): (text: string) => string[] {
  return (text) => {
    const pieces: Piece[] = Array.from(text, (character, i) => ({
      text: character,
      before: i - 1,
      after: i + 1,
    }));
    const queue: Pair[] = [];
    const offer = (left: number, right: number) => {
      if (left < 0 || right >= pieces.length) return;
      const made = pieces[left]!.text + pieces[right]!.text;
      const score = scores.get(made);
      if (score !== undefined) push(queue, { score, left, right, length: made.length });
    };
    for (let i = 0; i + 1 < pieces.length; i++) offer(i, i + 1);
    for (let best = pop(queue); best; best = pop(queue)) {
      const left = pieces[best.left]!;
      const right = pieces[best.right]!;
      // One of the two is part of another piece by now.
      if (left.text === "" || right.text === "" || left.text.length + right.text.length !== best.length)
        continue;
      left.text += right.text;
      right.text = "";
      left.after = right.after;
      if (right.after < pieces.length) pieces[right.after]!.before = best.left;
      offer(left.before, best.left);
      offer(best.left, left.after);
    }
    return pieces.flatMap((piece) => (piece.text === "" ? [] : [piece.text]));
  };
}

const better = (a: Pair, b: Pair) => a.score > b.score || (a.score === b.score && a.left < b.left);

function push(heap: Pair[], pair: Pair): void {
  let at = heap.push(pair) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!better(pair, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = pair;
}

function pop(heap: Pair[]): Pair | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && better(heap[child + 1]!, heap[child]!)) child++;
    if (!better(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}
