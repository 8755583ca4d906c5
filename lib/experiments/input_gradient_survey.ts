import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { glorot, orthogonal } from "lib/models/initialisers.ts";
import { vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import {
  type GradientAtDistance,
  randomDirection,
} from "lib/probes/gradients/gradient_by_distance.ts";
import {
  attentionInputGradient,
  cellInputGradient,
  transformerInputGradient,
} from "lib/probes/gradients/input_gradient.ts";
import { type Random, randomStream } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";

/** The networks compared, and the number of steps from the loss to an input k characters back. */
export const pathLengths = {
  "RNN": "k steps",
  "additive attention": "1 look back",
  "dot-product attention": "1 look back",
  "causal transformer": "1 look back in each of 2 blocks",
} as const;

/** The name of a network compared. */
export type PathNetwork = keyof typeof pathLengths;

/** What the networks read, and how large they are. */
export interface InputGradientSurveyOptions {
  readonly vocabulary: Vocabulary;
  readonly ids: Int32Array;
  readonly hiddenSize: number;
  readonly seed: number;
}

/**
 * Gradient of the output at the end of a text with respect to each earlier input, relative to that
 * of the last input, for an RNN, two attention RNNs and a transformer before training.
 *
 * The three recurrent networks are tanh with recurrent weights 0.9 times orthogonal; the transformer
 * has two blocks of four heads and weights N(0, 0.1^2).
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function inputGradients(
  { vocabulary, ids, hiddenSize, seed }: InputGradientSurveyOptions,
): Promise<Record<PathNetwork, GradientAtDistance[]>> {
  const random = randomStream(seed, "initial weights");
  const encoder = () => tanhEncoder(vocabulary.size, { hiddenSize, random });
  const direction = (size: number) => randomDirection(size, seed);
  const plain = () => {
    const rnn = encoder();
    const records = cellInputGradient(rnn, ids, direction(hiddenSize));
    rnn.dispose();
    return records;
  };
  const attentive = (score: "additive" | "scaled dot product") => () => {
    const options = { encoder: encoder(), outputSize: vocabulary.size, score, random };
    const network = attentionRnn(options);
    const records = attentionInputGradient(network, ids, direction(vocabulary.size));
    network.dispose();
    return records;
  };
  const throughBlocks = () => {
    const contextLength = ids.length;
    const sizes = { embeddingSize: hiddenSize, blockCount: 2, headCount: 4, contextLength };
    const transformer = causalTransformer({ vocabulary, ...sizes, deviation: 0.1, random });
    const records = transformerInputGradient(transformer, ids, direction(vocabulary.size));
    transformer.dispose();
    return records;
  };
  const measurements: Record<PathNetwork, () => GradientAtDistance[]> = {
    "RNN": plain,
    "additive attention": attentive("additive"),
    "dot-product attention": attentive("scaled dot product"),
    "causal transformer": throughBlocks,
  };
  const found = await mapStoppably(
    Object.entries(measurements),
    ([name, measure]) => [name, relative(measure())],
  );
  return Object.fromEntries(found);
}

function tanhEncoder(
  inputSize: number,
  { hiddenSize, random }: { hiddenSize: number; random: Random },
) {
  const [inputInitialiser, recurrentInitialiser] = [glorot(), orthogonal(0.9)];
  const draws = { inputInitialiser, recurrentInitialiser, random };
  return vanillaRnn({ activation: "tanh", inputSize, hiddenSize, ...draws });
}

function relative(records: readonly GradientAtDistance[]): GradientAtDistance[] {
  const [{ log10Norm: nearest }] = records;
  return records.map(({ distance, log10Norm }) => ({ distance, log10Norm: log10Norm - nearest }));
}
