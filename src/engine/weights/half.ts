// IEEE half precision to float32, by a table of all 65,536 values.

let table: Float32Array | undefined;

/**
 * The float32 value of the half with these 16 bits. Subnormals, infinities and NaN included; a NaN keeps its sign and its
 * payload, so that the table seen as a `Uint32Array` gives the bits (a NaN read as a number may lose them).
 */
export function halfTable(): Float32Array {
  if (table) return table;
  const values = new Float32Array(65536);
  const patterns = new Uint32Array(values.buffer);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = (bits & 0x8000) << 16;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 0) values[bits] = (sign ? -1 : 1) * fraction * 2 ** -24;
    // The exponent's bias is 15 in a half and 127 in a float; all ones stay all ones.
    else patterns[bits] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  table = values;
  return table;
}
