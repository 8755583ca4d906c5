import { gateCount, parameterShapes } from "lib/kernels/network_config.ts";
import { Address, Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import { carriedArrays } from "lib/kernels/optimizer_defaults.ts";
import type { SequenceNetworkOptions } from "lib/kernels/sequence_network.ts";

/** What a network's memory looks like; sizes in elements, addresses in bytes. */
export interface NetworkLayout {
  readonly hiddenPadded: number;
  readonly inputPadded: number;
  readonly outputPadded: number;
  readonly gateWidth: number;
  readonly rowWidth: number;
  /** 0: the batch is shared out among the threads; else rows per slice. */
  readonly sliceRows: number;
  /** Room for the outputs of all slices, or 0 without slices. */
  readonly keptOutputs: number;
  readonly threads: number;
  readonly bytes: number;
  /** Words to write to the plan, by field. */
  readonly words: ReadonlyMap<Plan, number>;
  /** The same for each layer. */
  readonly layers: readonly ReadonlyMap<Layer, number>[];
}

/** Choices that the layout depends on, beside the network. */
export interface LayoutChoices {
  readonly threads: number;
  readonly keepStateGradients: boolean;
  /** Room for the gradient of real inputs. */
  readonly inputGradients: boolean;
}

const ROW_BUDGET = 98304;
/** As in products.ts. */
const PANELS = 8;
const depthFor = (rows: number) => rows <= 192 ? 512 : 256;
/** Rows that a product over neighbouring blocks packs together at the least (`multiplyGroups`). */
const LEAST_ROWS = 20;
const GROUPS = 8;
/** Tokens that one call writes at the most. */
export const MOST_WRITTEN = 256;
const CARRIES = 3;
const MOST_LAYERS = 32;
/** Bytes of activations below which a slice stays in a core's second-level cache. */
const SLICE_BYTES = 1024 * 1024;

/**
 * Lays out the memory of a network.
 *
 * @throws {RangeError} if a size is not a positive integer, or there are over 32 layers.
 */
export function layOut(options: SequenceNetworkOptions, choices: LayoutChoices): NetworkLayout {
  const { config, timeSteps, batchSize } = options;
  parameterShapes(config);
  for (const [name, value] of Object.entries({ timeSteps, batchSize })) {
    if (!(Number.isInteger(value) && value > 0)) {
      throw new RangeError(
        `Cannot size a network: ${name} must be a positive integer, got ${value}.`,
      );
    }
  }
  if (config.layerCount > MOST_LAYERS) {
    throw new RangeError(
      `Cannot size a network: at most ${MOST_LAYERS} layers, got ${config.layerCount}.`,
    );
  }
  const tokens = options.inputs !== "values";
  const hiddenPadded = roundUp(config.hiddenSize, 8);
  const inputPadded = tokens ? config.inputSize : roundUp(config.inputSize, 8);
  const outputPadded = roundUp(config.outputSize, 8);
  const gateWidth = gateCount(config.cell) * hiddenPadded;
  const rowWidth = config.cell === "gru" ? 4 * hiddenPadded : gateWidth;
  const lstm = config.cell === "lstm";
  const rowFloats = config.layerCount * (rowWidth + (lstm ? 3 : 1) * hiddenPadded) +
    hiddenPadded + outputPadded;
  const sliceRows = choices.keepStateGradients || !tokens
    ? 0
    : chooseSlice(batchSize, 4 * timeSteps * rowFloats);
  const lanes = sliceRows > 0 ? choices.threads : 1;
  const laneBatch = sliceRows > 0 ? sliceRows : batchSize;
  const rows = timeSteps * laneBatch;

  const words = new Map<Plan, number>();
  const layers = Array.from({ length: config.layerCount }, () => new Map<Layer, number>());
  let top: number = Address.Heap;
  const take = (floats: number) => {
    const start = top;
    top = roundUp(top + 4 * floats, 64);
    return start;
  };
  const inputFloats = (layer: number) =>
    (layer === 0 ? config.inputSize : config.hiddenSize) * gateWidth;

  words.set(Plan.Parameters, top);
  layers.forEach((layer, index) => {
    layer.set(Layer.InputWeights, take(inputFloats(index)));
    layer.set(Layer.RecurrentWeights, take(config.hiddenSize * gateWidth));
    layer.set(Layer.Bias, take(gateWidth));
    if (config.biasesPerGate === 2) layer.set(Layer.RecurrentBias, take(gateWidth));
  });
  words.set(Plan.OutputWeights, take(config.hiddenSize * outputPadded));
  words.set(Plan.OutputBias, take(outputPadded));
  const parameterWords = (top - words.get(Plan.Parameters)!) / 4;
  words.set(Plan.ParameterWords, parameterWords);
  words.set(Plan.Gradients, take(parameterWords * (sliceRows > 0 ? GROUPS : 1)));
  words.set(Plan.GradientStride, 4 * parameterWords);
  const carried = options.optimizer && carriedArrays(options.optimizer);
  words.set(Plan.Moments, carried?.moments ? take(parameterWords) : 0);
  words.set(Plan.Squares, carried?.squares ? take(parameterWords) : 0);
  words.set(Plan.NormPartials, take(2 * Math.ceil(parameterWords / 8192)));
  words.set(Plan.GradientNorm, take(2));

  layers.forEach((layer, index) => {
    layer.set(Layer.RecurrentTransposed, take(hiddenPadded * gateWidth));
    if (index > 0 || choices.inputGradients) {
      const width = index === 0 ? inputPadded : hiddenPadded;
      layer.set(Layer.InputTransposed, take(width * gateWidth));
    }
    layer.set(Layer.EffectiveBias, take(rowWidth));
    layer.set(Layer.StateHidden, take(CARRIES * batchSize * hiddenPadded));
    layer.set(Layer.InitialHiddenGradient, take(batchSize * hiddenPadded));
    layer.set(Layer.StateCell, lstm ? take(CARRIES * batchSize * hiddenPadded) : 0);
    layer.set(Layer.InitialCellGradient, lstm ? take(batchSize * hiddenPadded) : 0);
  });
  words.set(Plan.OutputStart, take(outputPadded));
  words.set(Plan.OutputWeightsTransposed, take(hiddenPadded * outputPadded));

  const positions = timeSteps * batchSize;
  words.set(Plan.InputIds, tokens ? take(positions) : 0);
  words.set(Plan.InputValues, tokens ? 0 : take(positions * inputPadded));
  words.set(Plan.InputGradients, choices.inputGradients ? take(positions * inputPadded) : 0);
  const squared = options.loss === "squared-error";
  words.set(Plan.TargetIds, squared ? 0 : take(positions));
  words.set(Plan.TargetValues, squared ? take(positions * outputPadded) : 0);
  words.set(Plan.Mask, take(positions));
  words.set(Plan.RowLosses, take(positions));

  words.set(Plan.Draws, take(2 * MOST_WRITTEN));
  words.set(Plan.WrittenIds, take(MOST_WRITTEN));
  words.set(Plan.WrittenNats, take(2 * MOST_WRITTEN));
  words.set(Plan.Powers, take(2 * outputPadded));
  words.set(Plan.InverseTemperature, take(2));
  const keptOutputs = sliceRows > 0 ? take(positions * outputPadded) : 0;
  const laneStart = top;
  let shared: number | undefined;
  layers.forEach((layer, index) => {
    layer.set(Layer.Rows, take(rows * rowWidth));
    layer.set(Layer.HiddenStates, take((timeSteps + 1) * laneBatch * hiddenPadded));
    layer.set(Layer.CellStates, lstm ? take((timeSteps + 1) * laneBatch * hiddenPadded) : 0);
    layer.set(Layer.CellTanh, lstm ? take(rows * hiddenPadded) : 0);
    if (index > 0 && options.dropout) layer.set(Layer.Inputs, take(rows * hiddenPadded));
    if (shared === undefined || choices.keepStateGradients) shared = take(rows * hiddenPadded);
    layer.set(Layer.HiddenGradients, shared);
  });
  words.set(Plan.Outputs, take(rows * outputPadded));
  words.set(Plan.CellGradient, take(laneBatch * hiddenPadded));
  const laneStride = top - laneStart;
  words.set(Plan.LaneStride, laneStride);
  top = laneStart + lanes * laneStride;

  const widest = Math.max(gateWidth, outputPadded, config.hiddenSize, inputPadded);
  const inputRows = tokens && config.layerCount === 1
    ? 0
    : Math.max(config.hiddenSize, inputPadded);
  const depth = Math.max(depthFor(config.hiddenSize), depthFor(inputRows));
  const rowRoom = Math.max(
    ROW_BUDGET,
    4 * Math.max(LEAST_ROWS, laneBatch) * widest,
    4 * depth * (config.hiddenSize + inputRows),
  );
  const packed = take(rowRoom / 4 + 128);
  words.set(Plan.PackedRows, packed);
  words.set(Plan.PackedPanels, take(depth * PANELS * 8));
  words.set(Plan.PackStride, top - packed);
  top += (choices.threads - 1) * (top - packed);
  return {
    ...{ hiddenPadded, inputPadded, outputPadded, gateWidth, rowWidth, sliceRows, keptOutputs },
    ...{ threads: choices.threads, bytes: top, words, layers },
  };
}

/** Rows per slice if slices pay: at least 16 rows in the cache, and enough slices to share out. */
function chooseSlice(batchSize: number, bytesPerRow: number): number {
  const rows = Math.floor(SLICE_BYTES / bytesPerRow);
  if (rows < 16) return 0;
  const sliceRows = Math.min(128, rows - rows % 4);
  return batchSize >= 4 * sliceRows ? sliceRows : 0;
}

/** Slices of a batch and the groups whose gradients are summed apart; the shape alone decides. */
export function sliceGroups(batchSize: number, sliceRows: number) {
  const sliceCount = Math.ceil(batchSize / sliceRows);
  const perGroup = Math.ceil(sliceCount / GROUPS);
  return { sliceCount, groupCount: Math.ceil(sliceCount / perGroup) };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
