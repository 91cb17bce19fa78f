// How far each rotary frequency is slowed down, by the scheme that a config names.

import { SetupError } from "../../core/errors.ts";
import { shown } from "../weights/shown.ts";
import { entriesOf } from "./entries.ts";

/**
 * Divisors [dHead / 2] of the inverse frequencies base^(-2i/dHead); undefined: none is scaled.
 * `linear`: all by `factor` (Chen et al. 2023). `llama3`: wavelengths beyond original / low_freq_factor by `factor`, those below
 * original / high_freq_factor not at all, in between smoothly: 1 / ((1 - s) / factor + s), s = (original / wavelength - low) / (high - low).
 * @param scaling `rope_scaling` of a config.json @throws SetupError naming a scheme that is not known
 */
export function divisorsOf(
  path: string,
  scaling: unknown,
  base: number,
  dHead: number,
): readonly number[] | undefined {
  if (scaling === undefined || scaling === null) return undefined;
  const refuse = () =>
    new SetupError("ARCHITECTURE", `${path}: rope_scaling ${shown(scaling)} is not supported`, {
      hint: "Supported: none, linear and llama3. Serve this model behind an OpenAI-compatible server instead.",
    });
  if (typeof scaling !== "object" || Array.isArray(scaling)) throw refuse();
  const fields = scaling as Readonly<Record<string, unknown>>;
  const entries = entriesOf(`${path}, rope_scaling`, fields);
  const kind = fields["rope_type"] ?? fields["type"];
  // Two names that differ: writers and readers disagree on which one counts.
  if (fields["type"] !== undefined && fields["type"] !== kind) throw refuse();
  if (kind === "default" || (kind === undefined && fields["factor"] === undefined)) return undefined;
  const half = dHead / 2;
  if (kind === "linear")
    return Array.from({ length: half }, () => entries.number("factor", { whole: false }));
  if (kind !== "llama3") throw refuse();
  const factor = entries.number("factor", { whole: false });
  const low = entries.number("low_freq_factor", { whole: false });
  const high = entries.number("high_freq_factor", { whole: false });
  const original = entries.number("original_max_position_embeddings", { whole: true });
  if (!(high > low)) throw refuse();
  return Array.from({ length: half }, (_, i) => {
    const wavelength = 2 * Math.PI * base ** ((2 * i) / dHead);
    if (wavelength < original / high) return 1;
    if (wavelength > original / low) return factor;
    const smooth = (original / wavelength - low) / (high - low);
    return 1 / ((1 - smooth) / factor + smooth);
  });
}
