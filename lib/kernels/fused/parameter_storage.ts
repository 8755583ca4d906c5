import { gateCount, type NetworkConfig, parameterShapes } from "lib/kernels/network_config.ts";
import { Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import type { NetworkLayout } from "lib/kernels/fused/network_layout.ts";

/** Where one parameter lies, as a word for each of its elements counted from the parameters' start. */
export interface StoredParameter {
  readonly name: string;
  readonly words: Int32Array;
}

/**
 * The kernels' order of the parameters. Matrices of a product lie in panels [rows, 8] of eight
 * columns, the table of token rows by rows; gates are padded apart; the GRU's input gates go n r z
 * and its recurrent ones r z n, so that the columns of either product are neighbours.
 */
export function storedParameters(
  config: NetworkConfig,
  layout: NetworkLayout,
  tokenInputs: boolean,
): StoredParameter[] {
  const start = layout.words.get(Plan.Parameters)!;
  const gates = gateCount(config.cell);
  return parameterShapes(config).map(({ name, shape }) => {
    const [owner, kind] = name.split("/");
    const rowCount = shape.length === 2 ? shape[0] : 1;
    const columns = shape[shape.length - 1];
    const words = new Int32Array(rowCount * columns);
    const address = addressOf(owner, kind, layout);
    const base = (address - start) / 4;
    const width = owner === "output" ? layout.outputPadded : layout.gateWidth;
    const byRows = shape.length === 1 || (name === "layer0/inputWeights" && tokenInputs);
    const turn = config.cell === "gru" && (kind === "inputWeights" || kind === "bias") ? 1 : 0;
    for (let column = 0; column < columns; column++) {
      let place = column;
      if (owner !== "output") {
        const gate = (Math.floor(column / config.hiddenSize) + turn) % gates;
        place = gate * layout.hiddenPadded + column % config.hiddenSize;
      }
      for (let row = 0; row < rowCount; row++) {
        words[row * columns + column] = base +
          (byRows ? row * width + place : (place >> 3) * rowCount * 8 + row * 8 + (place & 7));
      }
    }
    return { name, words };
  });
}

function addressOf(owner: string, kind: string, layout: NetworkLayout): number {
  if (owner === "output") {
    return layout.words.get(kind === "weights" ? Plan.OutputWeights : Plan.OutputBias)!;
  }
  const layer = layout.layers[Number(owner.slice("layer".length))];
  const fields: Record<string, Layer> = {
    inputWeights: Layer.InputWeights,
    recurrentWeights: Layer.RecurrentWeights,
    bias: Layer.Bias,
    recurrentBias: Layer.RecurrentBias,
  };
  return layer.get(fields[kind])!;
}

/** Reads each parameter, or an array laid out like them. */
export function readStored(
  stored: readonly StoredParameter[],
  arena: Float32Array,
): Record<string, Float32Array> {
  return Object.fromEntries(stored.map(({ name, words }) => {
    const values = new Float32Array(words.length);
    for (let i = 0; i < words.length; i++) values[i] = arena[words[i]];
    return [name, values];
  }));
}

/**
 * Writes those parameters that are named.
 *
 * @throws {RangeError} if a name is unknown or an array has the wrong length.
 */
export function writeStored(
  stored: readonly StoredParameter[],
  arena: Float32Array,
  values: Record<string, ArrayLike<number>>,
): void {
  const known = new Map(stored.map((parameter) => [parameter.name, parameter.words]));
  for (const [name, source] of Object.entries(values)) {
    const words = known.get(name);
    if (words === undefined) {
      throw new RangeError(`Cannot write parameters: the network has no ${name}.`);
    }
    if (words.length !== source.length) {
      throw new RangeError(
        `Cannot write parameters: ${name} has ${words.length} elements, got ${source.length}.`,
      );
    }
    for (let i = 0; i < words.length; i++) arena[words[i]] = source[i];
  }
}
