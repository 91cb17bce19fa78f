// Which columns of a Parquet file hold no plain cells: these are not even unpacked.

import type { SchemaTree } from "hyparquet";

/** Bytes of a decimal; longer ones take hyparquet time that grows with the square of their length. */
const longestDecimal = 16;

/** What such a column holds, in words; undefined for one of plain cells. */
export function unreadKind({ element, children }: SchemaTree): string | undefined {
  const { type, type_length = 0, repetition_type, converted_type, logical_type } = element;
  if (repetition_type === "REPEATED" || converted_type === "LIST") return "a list";
  if (children.length > 0 || type === undefined) return "an object";
  if (converted_type === "BSON" || converted_type === "INTERVAL") return `a value of type ${converted_type}`;
  if (
    logical_type?.type === "GEOMETRY" ||
    logical_type?.type === "GEOGRAPHY" ||
    logical_type?.type === "VARIANT"
  )
    return `a value of type ${logical_type.type}`;
  if (converted_type === "DECIMAL" || logical_type?.type === "DECIMAL") {
    // Without the older mark hyparquet would give the digits without their point.
    if (converted_type !== "DECIMAL") return "a decimal";
    if (type === "BYTE_ARRAY" || (type === "FIXED_LEN_BYTE_ARRAY" && type_length > longestDecimal))
      return "a decimal of any length";
  }
  return undefined;
}
