import * as tf from "@tensorflow/tfjs";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { readFixture } from "../fixtures/read_fixture.ts";

type Named = Record<string, number[]>;

/** Steps of PyTorch's optimisers and its clipping; see `make_optimizers.py`. */
export interface OptimizerCases {
  readonly shapes: Record<string, number[]>;
  readonly start: Named;
  readonly gradients: Named[];
  readonly cases: { settings: OptimizerSettings; steps: Named[] }[];
  readonly clipping: { maxGradientNorm: number; gradientNorm: number; clipped: Named }[];
}

export const optimizerCases: OptimizerCases = readFixture("optimizers.json");

/** Named tensors of the fixture's shapes; whoever calls disposes of them. */
export function namedTensors(values: Named): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(values).map(([name, own]) => [
      name,
      tf.tensor(own, optimizerCases.shapes[name], "float32"),
    ]),
  );
}
