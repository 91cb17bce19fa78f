// GGUF's `llama` stores query and key rows in another order than the graph: here they go back.

/**
 * GGUF's `llama` stores each head's rows so that rotary pairs are neighbours (2i, 2i+1); the graph pairs i with i + d/2.
 * Row 2i+j of a head goes back to row j d/2 + i (the inverse of llama.cpp's permutation). A bias is a matrix of one column.
 * @param values [heads * dHead, columns]: numbers, or the bytes of whole stored rows
 */
export function undoRotaryPermutation<T extends Float32Array | Uint8Array>(
  values: T,
  heads: number,
  dHead: number,
  columns: number,
): T {
  const out = values.slice() as T;
  const half = dHead / 2;
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < half; i++) {
      for (let j = 0; j < 2; j++) {
        const from = (h * dHead + 2 * i + j) * columns;
        out.set(values.subarray(from, from + columns), (h * dHead + j * half + i) * columns);
      }
    }
  }
  return out;
}
