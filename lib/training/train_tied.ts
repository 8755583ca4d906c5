import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import { clipFactor, globalNorm, updateArray } from "lib/kernels/reference/reference_optimizer.ts";
import { requireSettings, requireTraining } from "lib/kernels/training_settings.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { IdWindow, WindowSchedule } from "lib/text/windows/window.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";
import { trainingLoop } from "lib/training/training_loop.ts";

/** How to train with Adam, and whether input and output share their embeddings. */
export interface TrainTiedOptions {
  readonly tied: boolean;
  readonly trainingSteps: number;
  readonly learningRate: number;
  readonly maxGradientNorm: number;
}

const INPUT = "layer0/inputWeights", OUTPUT = "output/weights";

/**
 * Trains a vanilla RNN whose output weights are its input weights, transposed.
 *
 * The row of the input weights for a token is the token's embedding e; tied, its score is e . h + b
 * (Press and Wolf 2017; Inan, Khosravi and Socher 2017). The gradient of the shared matrix is the sum
 * of both gradients, and V times H parameters are saved. Untied, this is plain training with Adam.
 *
 * @returns the mean loss of each step, nats
 * @throws {RangeError} unless the model is a vanilla RNN: other cells have more input weights than output
 * weights; or if a setting makes no sense
 * @throws {StoppedError} if Stop was pressed; the model is then as it was.
 */
export async function trainTied(
  model: RecurrentLanguageModel,
  schedule: WindowSchedule,
  { tied, trainingSteps, learningRate, maxGradientNorm }: TrainTiedOptions,
): Promise<number[]> {
  const { config } = model;
  if (!config.cell.startsWith("rnn")) {
    throw new RangeError(`Cannot tie the embeddings of ${model.name}: it is no vanilla RNN.`);
  }
  requireTraining({ optimizer: { kind: "adam", learningRate }, maxGradientNorm });
  requireSettings({ trainingSteps });
  const names = Object.keys(model.parameters);
  const values = await readTensors(Object.values(model.parameters));
  const parameters: Record<string, Float64Array> = Object.fromEntries(
    names.map((name, index) => [name, Float64Array.from(values[index])]),
  );
  const shape = { rows: config.inputSize, columns: config.hiddenSize };
  const learned = names.filter((name) => !tied || name !== OUTPUT);
  const zeros = () =>
    Object.fromEntries(learned.map((name) => [name, new Float64Array(parameters[name].length)]));
  const [moments, squares] = [zeros(), zeros()];
  if (tied) parameters[OUTPUT] = transposed(parameters[INPUT], shape);
  const network = await createFusedNetwork({ config, ...schedule.largestWindow });
  network.setParameters(parameters);
  let trainingStep = 0;
  const trainStep = (window: IdWindow) => {
    const { loss } = network.computeGradients(window);
    const gradients: Record<string, Float64Array> = Object.fromEntries(
      Object.entries(network.gradients()).map(([name, own]) => [name, Float64Array.from(own)]),
    );
    if (tied) {
      const back = transposed(gradients[OUTPUT], { rows: shape.columns, columns: shape.rows });
      gradients[INPUT] = gradients[INPUT].map((value, index) => value + back[index]);
      delete gradients[OUTPUT];
    }
    const factor = clipFactor(globalNorm(gradients), maxGradientNorm);
    trainingStep++;
    for (const name of learned) {
      updateArray({ kind: "adam", learningRate }, {
        ...{ parameter: parameters[name], gradient: gradients[name] },
        ...{ moment: moments[name], square: squares[name] },
        ...{ factor, learningRate, trainingStep },
      });
    }
    if (tied) parameters[OUTPUT] = transposed(parameters[INPUT], shape);
    network.setParameters(parameters);
    return { loss };
  };
  const batchAt = (step: number) => schedule.window(step);
  const options = { batchAt, trainingSteps, learningRate, maxGradientNorm };
  const losses: number[] = [];
  try {
    for await (const { result } of trainingLoop({ trainStep }, options)) losses.push(result.loss);
  } finally {
    network.dispose();
  }
  assignAll(model.parameters, parameters);
  return losses;
}

/** A matrix [rows, columns] as [columns, rows]. */
function transposed(
  values: Float64Array,
  { rows, columns }: { rows: number; columns: number },
): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = values[row * columns + column];
    }
  }
  return result;
}
