// Asks the default model which answer it holds to be right, by log-probability, and puts an interval on a share.
//
//   node examples/score-choices.ts [PATH OF A GGUF FILE]

import { homedir } from "node:os";
import { loadModel, localModel, resolveModelFile, wilson } from "../src/index.ts";

const file = await resolveModelFile(process.argv[2] ?? "smollm2-135m-instruct", {
  env: process.env,
  home: homedir(),
});
const loaded = await loadModel(file.path, { threads: 2 });
const model = localModel(loaded, {
  id: "example",
  title: "SmolLM2-135M-Instruct, Q4_1, dequantised to fp32",
  kind: "local",
  revision: { kind: "sha256", value: file.sha256 },
  details: {},
});

const questions = [
  { country: "France", right: "Paris", wrong: "Lyon" },
  { country: "Japan", right: "Tokyo", wrong: "Osaka" },
  { country: "Italy", right: "Rome", wrong: "Milan" },
];
if (model.choose.kind === "absent") throw new Error(model.choose.because);
const answers = await model.choose.use(
  questions.map(({ country, right, wrong }) => ({
    kind: "choose",
    messages: [{ role: "user", content: `What is the capital of ${country}?` }],
    opening: `The capital of ${country} is`,
    options: [` ${right}.`, ` ${wrong}.`],
  })),
);
const correct = answers.filter(
  ({ answer }) => answer.kind === "chosen" && answer.logprobs[0]! > answer.logprobs[1]!,
).length;
const share = wilson(correct, questions.length);
if (share.kind === "rate") {
  const { low, high } = share.interval;
  console.log(
    `${correct} of ${share.n} right: ${share.point.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`,
  );
}
await model.close();
