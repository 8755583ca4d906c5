import * as tf from "@tensorflow/tfjs";
import {
  drawTransformer,
  type TransformerConfig,
  transformerShapes,
} from "lib/models/transformer/transformer_config.ts";
import type { Random } from "lib/random/random_stream.ts";

/** A transformer's parameters as variables, by canonical name, drawn as `drawTransformer` does; the caller disposes. */
export function transformerParameters(
  config: TransformerConfig,
  options: { random: Random; deviation?: number },
): Record<string, tf.Variable> {
  const shapes = transformerShapes(config);
  return Object.fromEntries(
    Object.entries(drawTransformer(config, options)).map(([name, values]) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(values, shapes[name]))),
    ]),
  );
}
