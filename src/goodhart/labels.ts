// How the samples that have a gold score were chosen.

/**
 * `random`: every sample had the same chance to be labelled, whatever it is like. `weights`: each had the chance that its row says. `unknown`: nobody
 * can tell; where some samples lack a gold there is no verdict.
 */
export type Labels = "random" | "weights" | "unknown";
