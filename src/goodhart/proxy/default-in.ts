// The default export of a module that was loaded, whatever it is.

/** @returns undefined where there is none. Runs no code but a getter. */
export function defaultIn(module: unknown): unknown {
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}
