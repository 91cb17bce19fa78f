// The smallest true value that a plan would have called a gap, or why there is none.

export type Detectable =
  | { readonly kind: "detectable"; readonly value: number }
  | { readonly kind: "none"; readonly because: string };

/** The probability with which it would have been called. */
export const defaultPower = 0.8;
