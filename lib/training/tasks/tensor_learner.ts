import * as tf from "@tensorflow/tfjs";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { SequenceTask, TaskBatch } from "lib/sources/sequence_task.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";
import type { LearnerTraining, TaskLearner } from "lib/training/tasks/task_learner.ts";
import { tensorStepper } from "lib/training/engines/tensor_step.ts";

/** Any differentiable network that answers at the end of a sequence. */
export interface EndAnswerer {
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  /** Outputs [batch, outputSize] of inputs [time, batch, inputSize]. Differentiable. */
  answer(inputs: tf.Tensor3D, batch: TaskBatch): tf.Tensor2D;
  dispose(): void;
}

/**
 * Trains a network on plain tfjs on a task that is answered at its last time step: adding, temporal
 * order.
 *
 * @throws {Error} if the task asks for answers before the end.
 */
export function tensorLearner(
  task: SequenceTask,
  network: EndAnswerer,
  training: LearnerTraining,
): TaskLearner {
  const stepper = tensorStepper(network.parameters, training);
  const loss = (batch: TaskBatch) => {
    const answers = network.answer(inputTensor(task, batch), batch);
    const end = (batch.timeSteps - 1) * batch.batchSize;
    requireEnd(task, batch);
    if (task.loss === "cross-entropy") {
      return tf.mean(crossEntropy(answers, batch.targetIds!.slice(end))) as tf.Scalar;
    }
    const targets = tf.tensor(batch.targetValues!.slice(end * task.outputSize), answers.shape);
    return tf.mean(tf.squaredDifference(answers, targets)) as tf.Scalar;
  };
  return {
    description: `tfjs ${tf.getBackend()}`,
    trainStep: (batch) => stepper.step(() => loss(batch)),
    async outputs(batch) {
      const answers = tf.tidy(() => network.answer(inputTensor(task, batch), batch));
      const [values] = await readTensors([answers]);
      answers.dispose();
      const { timeSteps, batchSize } = batch;
      const outputs = new Float32Array(timeSteps * batchSize * task.outputSize);
      outputs.set(values, (timeSteps - 1) * batchSize * task.outputSize);
      return outputs;
    },
    dispose() {
      stepper.optimizer.dispose();
      network.dispose();
    },
  };
}

/** Inputs [time, batch, inputSize] of a batch, tokens one-hot. */
export function inputTensor(task: SequenceTask, batch: TaskBatch): tf.Tensor3D {
  const shape: [number, number, number] = [batch.timeSteps, batch.batchSize, task.inputSize];
  return task.inputs === "tokens"
    ? tf.reshape(oneHotRows(batch.inputIds!, task.inputSize), shape)
    : tf.tensor3d(batch.inputValues!, shape);
}

function requireEnd(task: SequenceTask, { mask, timeSteps, batchSize }: TaskBatch): void {
  const early = mask.findIndex((weight) => weight > 0);
  if (early < (timeSteps - 1) * batchSize) {
    throw new Error(`Cannot learn ${task.name}: it asks for answers before the end.`);
  }
}
