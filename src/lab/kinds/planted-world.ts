// Worlds with a known kind of Goodhart's law: samples, and where the world has one a grader that reads their texts.

import { attributes } from "../../goodhart/attributes/index.ts";
import type { Grader } from "../../goodhart/proxy/grader.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import { rngFrom } from "../../stats/rng.ts";
import { laws, type Latent, type Law, type PlantedKind } from "./laws.ts";
import { between, normal } from "./normal.ts";
import { markIn, textOf, traitNames, type TraitName } from "./texts.ts";

export type PlantedWorld = {
  readonly kind: PlantedKind;
  /** Which of the kind's forms, and what was drawn for it. */
  readonly form: string;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  readonly rows: readonly SpecificationRow[];
  readonly origins?: readonly string[];
  readonly grader?: Grader;
};

/**
 * The same kind and seed give the same world. Drawn for every world: 60 to 200 prompts of 16 to 64 samples; prompts differ in level; in one of four the
 * gold is only 0 or 1 (above a threshold from -0.5 to 1 SD), in one of four the proxy is rounded to half SDs, as ratings are. Of the worlds
 * without an origin of their own, a third carry labels of origin that mean nothing. A third have no texts, a third texts, a third texts and a grader; causal ones
 * always have a grader, since nothing else can show them. In half of the worlds with texts one trait goes with what is good without any grader reading it: a
 * companion, no cause. `withheld`: the same world without what shows its kind, the grader of a causal one, texts and labels of an adversarial one.
 */
export function plantedWorld(
  kind: PlantedKind,
  seed: number | string,
  { withheld = false }: { readonly withheld?: boolean } = {},
): PlantedWorld {
  const rng = rngFrom(seed).split(`planted ${kind}`);
  const draw = rng.split("settings");
  const law: Law = laws[kind](rng.split("law"));
  const drawn = law.brings ?? draw.pick(["scores", "texts", "grader"] as const);
  const brings = withheld ? (kind === "causal" ? "texts" : "scores") : drawn;
  const [prompts, samples] = [60 + draw.int(141), 16 + draw.int(49)];
  const binary = draw.uniform() < 0.25 ? between(draw, -0.5, 1) : undefined;
  const rounded = draw.uniform() < 0.25;
  const companion = draw.uniform() < 0.5 ? draw.pick(traitNames) : undefined;
  const idleLabels = draw.uniform() < 1 / 3;
  const whim = brings === "scores" ? 0 : between(draw, 0, 0.1);

  const latents: { readonly prompt: string; readonly latent: Latent; readonly shift: number }[] = [];
  for (let p = 0; p < prompts; p++) {
    const own = rng.split(`prompt ${p}`);
    const shift = 0.7 * normal(own);
    for (let s = 0; s < samples; s++) latents.push({ prompt: `prompt ${p}`, latent: law.sample(own), shift });
  }
  const score = (response: string | undefined, mark: number): number => {
    const { latent, shift } = latents[mark]!;
    const read =
      response === undefined || law.reads === undefined
        ? 0
        : law.reads.strength * amountOf(law.reads.trait, response);
    const told =
      latent.payload !== undefined && (response?.includes(latent.payload) ?? true) ? latent.boost : 0;
    const felt = response === undefined ? 0 : whim * normal(rngFrom(`${seed} ${response}`));
    const whole = shift + latent.base + read + told + felt;
    return rounded ? Math.round(2 * whole) / 2 : whole;
  };
  const text = rng.split("texts");
  const rows = latents.map(({ prompt, latent, shift }, mark): SpecificationRow => {
    const has = new Set(latent.has);
    // A companion follows what is good; other traits come and go by themselves.
    for (const name of traitNames) {
      if (name === law.reads?.trait) continue;
      const leaning = name === companion ? 1.2 * latent.worth - 0.6 : -1.2;
      if (text.uniform() < 1 / (1 + Math.exp(-leaning))) has.add(name);
    }
    const padding = (has.has("length") ? 4 : 0) + text.int(4);
    const written =
      brings === "scores" ? undefined : withPayload(textOf(mark, { padding, has }, text), latent.payload);
    const gold = shift + latent.gold;
    return {
      place: `sample ${mark + 1}`,
      prompt,
      cluster: prompt,
      ...(written === undefined ? {} : { response: written }),
      proxy: { kind: "scored", value: score(written, mark) },
      gold: { kind: "scored", value: binary === undefined ? gold : gold > binary ? 1 : 0 },
    };
  });
  const idle = rng.split("labels");
  const origins = withheld
    ? undefined
    : law.labelled
      ? latents.map(({ latent }) => (latent.aimed ? "optimised" : "reference"))
      : idleLabels && kind !== "adversarial"
        ? rows.map(() => (idle.uniform() < 0.3 ? "optimised" : "reference"))
        : undefined;
  return {
    kind,
    form: law.form,
    parameters: {
      ...law.parameters,
      prompts,
      samples,
      brings,
      binary: binary ?? false,
      rounded,
      companion: companion ?? false,
    },
    rows,
    ...(origins === undefined ? {} : { origins }),
    ...(brings === "grader" ? { grader: graderFrom(score) } : {}),
  };
}

function withPayload(response: string, payload: string | undefined): string {
  return payload === undefined ? response : `${response} ${payload}`;
}

/** Words by the twenty; of anything else whether it is there. */
function amountOf(trait: TraitName, response: string): number {
  const amount = attributes[trait].measure(response, "");
  return trait === "length" ? amount / 20 : amount > 0 ? 1 : 0;
}

function graderFrom(score: (response: string, mark: number) => number): Grader {
  return {
    name: "the world's grader",
    score: (samples) =>
      Promise.resolve(
        samples.map(({ response }) => {
          const mark = markIn(response);
          return mark === undefined
            ? { kind: "unscored" as const, because: "no mark to know it by" }
            : { kind: "scored" as const, value: score(response, mark) };
        }),
      ),
    close: () => Promise.resolve(),
  };
}
