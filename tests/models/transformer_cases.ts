import * as tf from "@tensorflow/tfjs";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";
import { transformerShapes } from "lib/models/transformer/transformer_config.ts";
import { readFixture } from "../fixtures/read_fixture.ts";

/** One network of `transformer.json`. */
export interface TransformerCase {
  config: TransformerConfig;
  seesFuture: boolean;
  timeSteps: number;
  batchSize: number;
  inputIds: number[];
  targetIds: number[];
  parameters: Record<string, number[]>;
  logits: number[];
  loss: number;
  gradients: Record<string, number[]>;
}

/** What PyTorch computed: causal and tied, causal, both sides. */
export const transformerCases = readFixture<TransformerCase[]>("transformer.json");

/** A case's parameters as tensors, in the order of its names. */
export function caseTensors({ config, parameters }: TransformerCase): Record<string, tf.Tensor> {
  const shapes = transformerShapes(config);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, tf.tensor(parameters[name], shape)]),
  );
}

/** The greatest difference, relative to the greatest of the expected values. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0, scale = 0;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return difference / scale;
}
