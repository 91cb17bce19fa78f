// A figure that somebody else measured on a model: what `trueline models check` compares with.

import type { ModelConfig } from "../../arch/model-config.ts";
import type { WhiteBox } from "../../hooks/white-box.ts";

export type KnownFigure = {
  readonly name: string;
  readonly wanted: number;
  /** How far off it may be, to either side. */
  readonly tolerance: number;
  /** Who measured it, with what. */
  readonly source: string;
  readonly measure: (model: WhiteBox) => Promise<number>;
};

/** The figures of one model, and how a file shows that it is that model as far as its sizes go. */
export type KnownModel = {
  readonly is: (config: ModelConfig) => boolean;
  readonly figures: readonly KnownFigure[];
};

export type ComparedFigure = Omit<KnownFigure, "measure"> & {
  readonly found: number;
  readonly agrees: boolean;
};

export async function compareFigures(
  model: WhiteBox,
  figures: readonly KnownFigure[],
): Promise<readonly ComparedFigure[]> {
  const compared: ComparedFigure[] = [];
  for (const { measure, ...figure } of figures) {
    const found = await measure(model);
    compared.push({ ...figure, found, agrees: Math.abs(found - figure.wanted) <= figure.tolerance });
  }
  return compared;
}
