import * as tf from "@tensorflow/tfjs";
import type { AttentionScore } from "lib/models/attention/attention.ts";
import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { gaussian, glorot } from "lib/models/initialisers.ts";
import { residualRnn } from "lib/models/cells/residual_rnn.ts";
import { vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import { type Random, randomStream } from "lib/random/random_stream.ts";
import type { SequenceTask } from "lib/sources/sequence_task.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { TaskLearner } from "lib/training/tasks/task_learner.ts";
import { type EndAnswerer, tensorLearner } from "lib/training/tasks/tensor_learner.ts";

/** Sizes and draw of a network on plain tfjs. */
export interface TensorRemedySizes {
  readonly hiddenSize: number;
  readonly random: Random;
}

type Build = (task: SequenceTask, sizes: TensorRemedySizes) => EndAnswerer;

const small = gaussian(0.1);

/** Remedies beyond the fused cells: other paths for the gradient. Each answers at the end. */
export const tensorRemedies: Readonly<Record<string, Build>> = {
  "residual RNN": residualAnswerer,
  "tanh + additive attention": attentive("additive"),
  "tanh + dot-product attention": attentive("scaled dot product"),
  "causal transformer": transformerAnswerer,
};

/** A learner that trains such a network with Adam at 1e-3, clipped at norm 1. */
export function tensorRemedyLearner(
  build: Build,
  task: SequenceTask,
  { hiddenSize, batchSize, seed }: { hiddenSize: number; batchSize: number; seed: number },
): TaskLearner {
  const random = randomStream(seed, "initial weights");
  const optimizer = { kind: "adam", learningRate: 1e-3 } as const;
  const network = build(task, { hiddenSize, random });
  return tensorLearner(task, network, { optimizer, maxGradientNorm: 1, batchSize });
}

function residualAnswerer(task: SequenceTask, { hiddenSize, random }: TensorRemedySizes) {
  const { inputSize, outputSize } = task;
  const draws = { inputInitialiser: small, recurrentInitialiser: small, random };
  const cell = residualRnn({ inputSize, hiddenSize, ...draws });
  const values = glorot()(hiddenSize, outputSize, random);
  const weights = tf.tidy(() => tf.variable(tf.tensor2d(values, [hiddenSize, outputSize])));
  const bias = tf.tidy(() => tf.variable(tf.zeros([outputSize])));
  return {
    parameters: { ...cell.parameters, "output/weights": weights, "output/bias": bias },
    answer(inputs: tf.Tensor3D) {
      const { state } = cell.sequence(cell.initialState(inputs.shape[1]), inputs);
      return tf.add(tf.matMul(state[0].hiddenState, weights as tf.Tensor2D), bias) as tf.Tensor2D;
    },
    dispose() {
      cell.dispose();
      tf.dispose([weights, bias]);
    },
  };
}

function attentive(score: AttentionScore): Build {
  return ({ inputSize, outputSize }, { hiddenSize, random }) => {
    const draws = { inputInitialiser: small, recurrentInitialiser: small, random };
    const encoder = vanillaRnn({ activation: "tanh", inputSize, hiddenSize, ...draws });
    const network = attentionRnn({ encoder, outputSize, score, random });
    return { ...network, answer: (inputs: tf.Tensor3D) => network.answer(inputs).outputs };
  };
}

/** Two blocks of four heads; the answer is read from the scores of the first tokens. */
function transformerAnswerer(task: SequenceTask, { random }: TensorRemedySizes): EndAnswerer {
  const tokens = Array.from({ length: task.inputSize }, (_, id) => String(id));
  const vocabulary = createVocabulary(tokens);
  const sizes = { embeddingSize: 32, blockCount: 2, headCount: 4, contextLength: task.timeSteps };
  const model = causalTransformer({ vocabulary, ...sizes, deviation: 0.1, random });
  return {
    parameters: model.parameters,
    answer(_inputs, { inputIds, timeSteps, batchSize }) {
      const { logits } = model.forward({ inputIds: inputIds!, timeSteps, batchSize }, []);
      return tf.slice(logits, [(timeSteps - 1) * batchSize, 0], [batchSize, task.outputSize]);
    },
    dispose: () => model.dispose(),
  };
}
