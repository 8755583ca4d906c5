import {
  attend,
  attendBackward,
  type AttentionTrace,
} from "lib/kernels/reference/reference_attention.ts";
import { crossEntropy, squaredError } from "lib/kernels/reference/reference_loss.ts";
import type { NamedArrays } from "lib/kernels/reference/reference_optimizer.ts";
import { type PathMix, pullBackPath, stepPath } from "lib/kernels/reference/reference_path.ts";
import type { SequenceTask, TaskBatch } from "lib/sources/sequence_task.ts";
import { addProduct, addTransposedProduct, transposed } from "lib/training/tasks/path_products.ts";

/** A tanh network with other paths for its gradient than from step to step. */
export interface PathConfig extends PathMix {
  readonly hiddenSize: number;
  /** Steps that a second recurrent matrix leaps over. */
  readonly skip?: number;
  /** Whether each answer looks back at all states up to its own. */
  readonly attention?: boolean;
}

/** What a pass gives. */
export interface PathPass {
  /** Mean over the answers that count. */
  readonly loss: number;
  /** [time, batch, outputSize]; zeros where no answer counts. */
  readonly outputs: Float64Array;
  /** By parameter; undefined unless asked for. */
  readonly gradients?: NamedArrays;
}

/** Shapes of the parameters, by canonical name. */
export function pathShapes(
  { inputSize, outputSize }: SequenceTask,
  { hiddenSize, skip, attention }: PathConfig,
): Record<string, [rows: number, columns: number]> {
  return {
    "layer0/inputWeights": [inputSize, hiddenSize],
    "layer0/recurrentWeights": [hiddenSize, hiddenSize],
    "layer0/bias": [1, hiddenSize],
    ...(skip && { "layer0/skipWeights": [hiddenSize, hiddenSize] as [number, number] }),
    ...(attention && {
      "attention/query": [hiddenSize, hiddenSize] as [number, number],
      "attention/key": [hiddenSize, hiddenSize] as [number, number],
    }),
    "output/weights": [attention ? 2 * hiddenSize : hiddenSize, outputSize],
    "output/bias": [1, outputSize],
  };
}

/**
 * Loss, outputs and gradients of a batch, in float64:
 *
 * h_t = carry h_{t-1} + branch tanh(x_t W + h_{t-1} U + h_{t-skip} V + b), read by a linear layer, with
 * attention from (h_t, context). tfjs needs dozens of small operations a step for this; plain loops are several
 * times as fast at these sizes.
 */
export function pathPass(task: SequenceTask, config: PathConfig, run: PathRun): PathPass {
  const { parameters, withGradients } = run;
  const visited = visitStates(task, config, run);
  const gradients = withGradients
    ? Object.fromEntries(
      Object.entries(parameters).map(([name, { length }]) => [name, new Float64Array(length)]),
    )
    : undefined;
  const toStates = new Float64Array(withGradients ? visited.states.length : 0);
  const { loss, outputs } = readAnswers(task, config, { ...run, visited, toStates, gradients });
  if (!gradients) return { loss, outputs };
  pullBackStates(task, config, { ...run, visited, toStates, gradients });
  return { loss, outputs, gradients };
}

interface PathRun {
  readonly parameters: NamedArrays;
  readonly batch: TaskBatch;
  readonly withGradients: boolean;
}

/** h_0 to h_T, [time + 1, batch, hidden], and tanh(...) of every step, [time, batch, hidden]. */
interface VisitedStates {
  readonly states: Float64Array;
  readonly activations: Float64Array;
}

function visitStates(
  task: SequenceTask,
  { hiddenSize: size, skip, ...mix }: PathConfig,
  { parameters, batch }: PathRun,
): VisitedStates {
  const { timeSteps, batchSize } = batch;
  const block = batchSize * size;
  const sizes = { rows: batchSize, inner: size, columns: size };
  const states = new Float64Array((timeSteps + 1) * block);
  const activations = new Float64Array(timeSteps * block);
  const inputs = inputRows(task, batch);
  const U = { values: parameters["layer0/recurrentWeights"] };
  const V = { values: parameters["layer0/skipWeights"] };
  for (let t = 0; t < timeSteps; t++) {
    const own = blockAt(activations, t, block);
    for (let row = 0; row < batchSize; row++) own.set(parameters["layer0/bias"], row * size);
    inputs.addTo(own, t, parameters["layer0/inputWeights"]);
    addProduct({ values: states, start: t * block }, U, { into: { values: own }, ...sizes });
    if (skip && t + 1 >= skip) {
      const far = { values: states, start: (t + 1 - skip) * block };
      addProduct(far, V, { into: { values: own }, ...sizes });
    }
    const [before, after] = [t, t + 1].map((time) => blockAt(states, time, block));
    stepPath(mix, { sums: own, before, after });
  }
  return { states, activations };
}

/** What flows back, where it is asked for: into `toStates` and, by parameter, `gradients`. */
interface PathFlow extends PathRun {
  readonly visited: VisitedStates;
  readonly toStates: Float64Array;
  readonly gradients?: NamedArrays;
}

function readAnswers(
  task: SequenceTask,
  { hiddenSize: size, attention }: PathConfig,
  { parameters, batch, visited: { states }, toStates, gradients }: PathFlow,
): { loss: number; outputs: Float64Array } {
  const { outputSize } = task;
  const { batchSize, mask, targetIds, targetValues } = batch;
  const readSize = attention ? 2 * size : size;
  const seen = { states, batchSize, hiddenSize: size };
  const outputs = new Float64Array(mask.length * outputSize);
  const [weights, bias] = [parameters["output/weights"], parameters["output/bias"]];
  const sizes = { rows: 1, inner: readSize, columns: outputSize };
  const counted = mask.reduce((sum, weight) => sum + weight, 0);
  let loss = 0;
  for (let place = 0; place < mask.length; place++) {
    if (mask[place] === 0) continue;
    const at = { timeStep: Math.floor(place / batchSize) + 1, row: place % batchSize };
    const attended: AttentionTrace | undefined = attention
      ? attend(seen, parameters, at)
      : undefined;
    const read = new Float64Array(readSize);
    read.set(states.subarray((place + batchSize) * size, (place + batchSize + 1) * size));
    if (attended) read.set(attended.context, size);
    const own = [place * outputSize, (place + 1) * outputSize] as const;
    const output = outputs.subarray(...own);
    output.set(bias);
    addProduct({ values: read }, { values: weights }, { into: { values: output }, ...sizes });
    const answer = task.loss === "cross-entropy"
      ? crossEntropy(output, targetIds![place])
      : squaredError(output, targetValues!.subarray(...own));
    loss += mask[place] * answer.loss / counted;
    if (!gradients) continue;
    const toOutput = answer.gradient.map((value) => value * mask[place] / counted);
    toOutput.forEach((value, i) => gradients["output/bias"][i] += value);
    const into = { values: gradients["output/weights"] };
    addTransposedProduct({ values: read }, { values: toOutput }, { into, ...sizes });
    const toRead = new Float64Array(readSize);
    for (let i = 0; i < readSize; i++) {
      for (let j = 0; j < outputSize; j++) toRead[i] += weights[i * outputSize + j] * toOutput[j];
    }
    for (let i = 0; i < size; i++) toStates[(place + batchSize) * size + i] += toRead[i];
    if (attended) {
      const toContext = toRead.subarray(size);
      const back = { trace: attended, place: at, toContext, toStates, gradients };
      attendBackward(seen, parameters, back);
    }
  }
  return { loss, outputs };
}

function pullBackStates(
  task: SequenceTask,
  { hiddenSize: size, skip, ...mix }: PathConfig,
  { parameters, batch, visited, toStates, gradients }: Required<PathFlow>,
): void {
  const { states, activations } = visited;
  const { timeSteps, batchSize } = batch;
  const block = batchSize * size;
  const sizes = { rows: batchSize, inner: size, columns: size };
  const inputs = inputRows(task, batch);
  const turned = (name: string) => ({ values: transposed(parameters[name], size, size) });
  const backU = turned("layer0/recurrentWeights");
  const backV = skip ? turned("layer0/skipWeights") : undefined;
  const toSum = new Float64Array(block);
  const sum = { values: toSum };
  for (let t = timeSteps - 1; t >= 0; t--) {
    const values = blockAt(activations, t, block);
    const [toBefore, toAfter] = [t, t + 1].map((time) => blockAt(toStates, time, block));
    pullBackPath(mix, { values, toAfter, toSums: toSum, toBefore });
    for (let i = 0; i < block; i++) gradients["layer0/bias"][i % size] += toSum[i];
    inputs.addGradient(gradients["layer0/inputWeights"], t, toSum);
    const before = { values: states, start: t * block };
    const into = { values: gradients["layer0/recurrentWeights"] };
    addTransposedProduct(before, sum, { into, ...sizes });
    addProduct(sum, backU, { into: { values: toStates, start: t * block }, ...sizes });
    if (skip && t + 1 >= skip) {
      const start = (t + 1 - skip) * block;
      const far = { values: gradients["layer0/skipWeights"] };
      addTransposedProduct({ values: states, start }, sum, { into: far, ...sizes });
      addProduct(sum, backV!, { into: { values: toStates, start }, ...sizes });
    }
  }
}

/** The block [batch, hidden] of one time step. */
function blockAt(values: Float64Array, time: number, block: number): Float64Array {
  return values.subarray(time * block, (time + 1) * block);
}

/** x_t W and its gradient, for tokens by their rows alone. */
function inputRows({ inputSize }: SequenceTask, { inputIds, inputValues, batchSize }: TaskBatch) {
  const row = (t: number, b: number, i: number) =>
    inputIds ? Number(inputIds[t * batchSize + b] === i) : inputValues![
      (t * batchSize + b) * inputSize + i
    ];
  const each = (t: number, visit: (b: number, i: number, value: number) => void) => {
    for (let b = 0; b < batchSize; b++) {
      for (let i = 0; i < inputSize; i++) {
        const value = row(t, b, i);
        if (value !== 0) visit(b, i, value);
      }
    }
  };
  return {
    addTo(sums: Float64Array, t: number, weights: Float64Array) {
      const size = weights.length / inputSize;
      each(t, (b, i, value) => {
        for (let j = 0; j < size; j++) sums[b * size + j] += value * weights[i * size + j];
      });
    },
    addGradient(gradient: Float64Array, t: number, toSums: Float64Array) {
      const size = gradient.length / inputSize;
      each(t, (b, i, value) => {
        for (let j = 0; j < size; j++) gradient[i * size + j] += value * toSums[b * size + j];
      });
    },
  };
}
