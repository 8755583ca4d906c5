import { recurrentGraph } from "lib/inference/onnx_graph.ts";
import type { OnnxGraph, OnnxTensor } from "lib/inference/onnx_model.ts";
import {
  fromOnnxParameters,
  type ParameterValues,
  toOnnxParameters,
} from "lib/inference/onnx_parameters.ts";
import { realTensor, tensorValues } from "lib/inference/onnx_tensor.ts";
import { transformerGraph } from "lib/inference/transformer_graph.ts";
import { type NetworkConfig, parameterShapes } from "lib/kernels/network_config.ts";
import {
  type TransformerConfig,
  transformerShapes,
} from "lib/models/transformer/transformer_config.ts";

/** Sizes of a network that can be a file. */
export type OnnxConfig = NetworkConfig | TransformerConfig;

/** What a file needs to know of an architecture. */
export interface OnnxArchitecture {
  /** Scores per position. */
  readonly vocabularySize: number;
  /** By canonical name. */
  readonly parameterShapes: Readonly<Record<string, readonly number[]>>;
  /** Without the constants that are its parameters. */
  graph(): OnnxGraph;
  toConstants(values: ParameterValues): OnnxTensor[];
  /** @throws {Error} if one is missing or of another shape. */
  fromConstants(tensors: readonly OnnxTensor[]): ParameterValues;
}

/** Whether the sizes are a causal transformer's: one that fills gaps (`maskedTransformer`) is another network. */
export function isTransformer(config: OnnxConfig): config is TransformerConfig {
  return "headCount" in config && !("seesFuture" in config);
}

/**
 * The architecture of those sizes.
 *
 * @throws {RangeError} if a size makes no sense.
 */
export function architectureOf(config: OnnxConfig): OnnxArchitecture {
  return isTransformer(config) ? transformer(config) : recurrent(config);
}

function recurrent(config: NetworkConfig): OnnxArchitecture {
  const shapes = parameterShapes(config).map(({ name, shape }) => [name, shape]);
  return {
    vocabularySize: config.outputSize,
    parameterShapes: Object.fromEntries(shapes),
    graph: () => recurrentGraph(config),
    toConstants: (values) => toOnnxParameters(config, values),
    fromConstants: (tensors) => fromOnnxParameters(config, tensors),
  };
}

/** A transformer's parameters are constants as they are. */
function transformer(config: TransformerConfig): OnnxArchitecture {
  const shapes = transformerShapes(config);
  return {
    vocabularySize: config.vocabularySize,
    parameterShapes: shapes,
    graph: () => transformerGraph(config),
    toConstants: (values) =>
      Object.entries(shapes).map(([name, shape]) =>
        realTensor(name, { shape, values: values[name] })
      ),
    fromConstants(tensors) {
      const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
      return Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => {
          const tensor = byName.get(name);
          if (!tensor) throw new Error(`Cannot import an ONNX file: it has no constant ${name}.`);
          return [name, tensorValues(tensor, shape)];
        }),
      );
    },
  };
}
