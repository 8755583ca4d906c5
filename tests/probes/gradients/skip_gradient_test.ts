import { assertAlmostEquals } from "@std/assert";
import { gaussian, orthogonal } from "lib/models/initialisers.ts";
import {
  residualGradient,
  skipGradient,
  skipRate,
  skipSlope,
} from "lib/probes/gradients/skip_gradient.ts";

const rest = {
  hiddenSize: 64,
  vocabularySize: 2,
  inputIds: new Int32Array(60),
  input: gaussian(0),
  seed: 1,
};

Deno.test("skipRate() solves its own equation, and a skip of a very long way costs nothing per step", () => {
  for (const skip of [2, 4, 16]) {
    const rate = skipRate({ skip, pathGain: 0.5 });
    assertAlmostEquals(rate ** (2 * skip), 0.25 * (rate ** (2 * (skip - 1)) + 1), 1e-9);
  }
  assertAlmostEquals(skipRate({ skip: 2, pathGain: 0.5 }), 0.8002428, 1e-6); // r^2 = (1 + sqrt 17) / 8
  assertAlmostEquals(skipRate({ skip: 400, pathGain: 0.5 }), 1, 0.01);
});

Deno.test("skipSlope() is 1 at rest", () => {
  assertAlmostEquals(skipSlope({ ...rest, skip: 4 }), 1, 1e-12);
});

Deno.test("skipGradient() at rest halves in its first step and takes the short cut at the skip", () => {
  const records = skipGradient({ ...rest, skip: 4 });
  assertAlmostEquals(10 ** records[1].log10Norm, 0.5, 1e-6);
  assertAlmostEquals(10 ** records[3].log10Norm, 0.125, 1e-6);
  assertAlmostEquals(10 ** records[4].log10Norm, Math.hypot(0.5, 0.0625), 0.03);
});

Deno.test("residualGradient() with no branch keeps the gradient as it is", () => {
  const options = { ...rest, cell: "rnn-tanh" as const, recurrent: orthogonal() };
  const records = residualGradient({ ...options, mix: { carry: 1, branch: 0 } });
  for (const { log10Norm } of records) assertAlmostEquals(log10Norm, 0, 1e-12);
});
