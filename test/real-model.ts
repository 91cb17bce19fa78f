// The real model for tests: where it lies, one loaded copy a process, and a visible reason where it is not there.

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { loadModel, type LoadedModel } from "../src/engine/load-model.ts";
import { catalogue, defaultModel } from "../src/model/catalogue.ts";
import { modelFolder } from "../src/model/fetch/index.ts";

/** `TRUELINE_MODEL`, else the place where `trueline models pull` puts the default model. */
const realModelPath: string =
  process.env["TRUELINE_MODEL"] ??
  join(modelFolder(process.env, homedir()), catalogue[defaultModel].fileName);

const absent = existsSync(realModelPath)
  ? undefined
  : `${realModelPath} is not there: set TRUELINE_MODEL, or run \`trueline models pull\``;

/** For `test(name, { skip: withoutRealModel }, …)`. Where everything is required nothing is skipped, and `realModel` fails instead. */
export const withoutRealModel: string | false =
  process.env["TRUELINE_REQUIRE_ALL"] === "1" ? false : (absent ?? false);

let loaded: Promise<LoadedModel> | undefined;

/** The model with its self-check run, loaded as an audit loads it: once, for all tests of the process. Nobody closes it. */
export function realModel(): Promise<LoadedModel> {
  loaded ??= loadModel(existingModel(), { threads: 2 });
  return loaded;
}

let misread: Promise<LoadedModel> | undefined;

/** The same file with its rotary rows taken as they are stored, accepted although its self-check fails: what must be seen. */
export function misreadModel(): Promise<LoadedModel> {
  misread ??= loadModel(existingModel(), {
    threads: 2,
    weightsAs: "inputs",
    misread: () => undefined,
    acceptFaults: true,
  });
  return misread;
}

/** Its path, for tests that load it in another way. @throws Error where it is absent */
export function existingModel(): string {
  if (absent !== undefined) throw new Error(absent);
  return realModelPath;
}
