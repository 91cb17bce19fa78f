// The public library: everything that the command line is made of, without printing or exiting.

export { SetupError, TruelineError } from "./core/errors.ts";
export {
  runRecord,
  type EstimateRecord,
  type FindingRecord,
  type GapRecord,
  type RunRecord,
  type SuiteRecord,
} from "./core/run-record.ts";
export type { Gap, GapDeclaration, Verdict } from "./core/gap.ts";
export type { Message } from "./core/message.ts";
export type { Answer, Observation } from "./core/observation.ts";
export type { Ask, ChooseAsk, Sample, WriteAsk } from "./core/sample.ts";
export type { Score } from "./core/score.ts";
export type { Suite } from "./core/suite.ts";
export type { Fact, Phrasing, World } from "./core/world.ts";
export type { Model } from "./model/model.ts";
export { catalogue } from "./model/catalogue.ts";
export { listModels, pullModel, resolveModelFile } from "./model/fetch/index.ts";
export { openModel, type OpenModelOptions } from "./cli/open-inside.ts";
export type { Prompt, RunOptions, WhiteBox } from "./engine/hooks/white-box.ts";
export type { Activation } from "./engine/hooks/activation.ts";
export type { Boundary, Edit, EditPositions, EditValue } from "./engine/hooks/edit.ts";
export type { Generated, GenerateOptions } from "./engine/hooks/generate.ts";
export type { HookName } from "./engine/hooks/hook-names.ts";
export type { Run } from "./engine/hooks/run.ts";
export { loadModel } from "./engine/load-model.ts";
export { localModel } from "./engine/local-model.ts";
export { gap, type GapCall, type GapDraw, type GapGrader, type GapSample } from "./cli/gap/gap.ts";
export type { Grader, GraderSample } from "./goodhart/proxy/grader.ts";
export { suites } from "./suites/index.ts";
export { defaultWorld } from "./suites/world/index.ts";
export * from "./stats/index.ts";
