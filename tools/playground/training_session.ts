import { sample } from "lib/decoding/sample.ts";
import { createFusedNetwork, type FusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { type NetworkConfig, parameterCount, parameterShapes } from "lib/kernels/network_config.ts";
import { sizesForText } from "lib/lecture/text_sizes.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { splitContiguous } from "lib/text/split.ts";
import { fittingStreamWindows, streamWindows } from "lib/text/windows/stream_windows.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { openingWords } from "tools/playground/opening_words.ts";
import { countingFloors } from "tools/playground/counting_floors.ts";
import { gradientProbe } from "tools/playground/gradient_probe.ts";
import type {
  PlaygroundProgress,
  PlaygroundRecord,
  PlaygroundSettings,
  PlaygroundStart,
} from "tools/playground/playground_message.ts";
import type { StartTrainer, Trainer, TrainerOptions } from "tools/playground/trainer.ts";

/** A network that trains on a text for as long as it is asked to, and lives on between. */
export interface TrainingSession {
  readonly start: PlaygroundStart;
  /** Trains until `isEnough(updates)` holds of the updates made by this call, and measures. */
  advance(isEnough: (updates: number) => boolean): Promise<PlaygroundProgress>;
  /** Text after a prompt; characters that the text has not are left out of the prompt. */
  write(prompt: string, options: { length: number; temperature: number }): Promise<string>;
  dispose(): void;
}

const sampleLength = 240;

/**
 * Starts a network on a text: nine tenths to learn from, the last tenth to test on.
 *
 * The fused kernels measure and write, and train too unless a trainer is given: then they follow its
 * parameters, and take over from it should it fail.
 *
 * @throws {RangeError} if the text is too short, or repeats one character.
 * @throws {Error} if this engine lacks WebAssembly SIMD.
 */
export async function startTrainingSession(
  settings: PlaygroundSettings,
  { startTrainer }: { startTrainer?: StartTrainer } = {},
): Promise<TrainingSession> {
  const text = settings.text.replace(/\r\n?/g, "\n");
  const tokenizer = characterTokenizer(text === "" ? " " : text);
  const ids = tokenizer.encode(text);
  const vocabularySize = tokenizer.vocabulary.size;
  const sizes = sizesForText({ characters: ids.length, vocabularySize });
  const { unrollLength, batchSize } = sizes;
  const hiddenSize = settings.hiddenSize ?? sizes.hiddenSize;
  const config: NetworkConfig = {
    cell: settings.cell,
    inputSize: vocabularySize,
    hiddenSize,
    layerCount: 1,
    outputSize: vocabularySize,
    biasesPerGate: 1,
  };
  const { training, validation } = splitContiguous(ids, { training: 0.9, validation: 0.1 });
  const schedule = streamWindows(training, { batchSize, unrollLength });
  const held = fittingStreamWindows(validation, sizes);
  const parameters = initialParameters(config, settings.seed);
  const options: TrainerOptions = {
    config,
    vocabulary: tokenizer.vocabulary,
    parameters,
    timeSteps: unrollLength,
    batchSize,
    optimizer: { kind: "adam", learningRate: settings.learningRate },
    maxGradientNorm: 1,
  };
  const network = await createFusedNetwork(options);
  network.setParameters(parameters);
  const started = await startOrExplain(startTrainer, options);
  let { trainer } = started;
  const measureGradient = gradientProbe(training, { config, unrollLength });
  const model = languageModel(network, { tokenizer, config });
  const samples = randomStream(settings.seed, "samples");
  let trainingStep = 0;

  // A state of zeros is rare in training, and a young network may write gibberish from there: it reads
  // the words that the text begins with before it writes.
  const opening = openingWords(training, { tokenizer, length: unrollLength });
  const write: TrainingSession["write"] = async (prompt, { length, temperature }) => {
    const known = [...prompt].filter((one) => tokenizer.vocabulary.idOf(one) !== undefined).join(
      "",
    );
    const promptIds = [...opening, ...tokenizer.encode(known)];
    const written = await sample(model, { promptIds, length, temperature, random: samples });
    return known + tokenizer.decode(written.ids);
  };
  return {
    start: {
      engine: trainer?.description ?? network.description + started.reason,
      hiddenSize,
      parameterCount: parameterCount(config),
      vocabularySize,
      floors: countingFloors(training, { validation, vocabulary: tokenizer.vocabulary }),
      notes: sizes.notes,
    },
    async advance(isEnough) {
      const records: PlaygroundRecord[] = [];
      const startedAt = performance.now();
      let engine: string | undefined;
      const trainStep = async (changes: { continues?: false } = {}) => {
        const window = { ...schedule.window(trainingStep), ...changes };
        const { loss } = await (trainer ?? network).trainStep(window);
        trainingStep++;
        requireFinite(loss, { trainingStep, learningRate: settings.learningRate });
        records.push({ trainingStep, lossNats: loss });
      };
      try {
        do await trainStep(); while (!isEnough(records.length));
        if (trainer) network.setParameters(await trainer.parameters());
      } catch (error) {
        if (trainer === undefined || error instanceof DivergedError) throw error;
        // The kernels have the parameters of the last turn, but no state: from there they go on.
        trainingStep -= records.length;
        records.length = 0;
        trainer = undefined;
        engine = `${network.description}${insteadOf(error)}`;
        await trainStep({ continues: false });
      }
      const seconds = (performance.now() - startedAt) / 1000;
      records.push({ ...records.pop()!, validationLossNats: meanLoss(network, held) });
      return {
        records,
        gradient: measureGradient(network.parameters(), trainingStep),
        sample: await write("", { length: sampleLength, temperature: 0.8 }),
        epoch: trainingStep / schedule.stepsPerEpoch,
        charactersPerSecond: records.length * batchSize * unrollLength / Math.max(seconds, 1e-3),
        ...engine !== undefined && { engine },
      };
    },
    write,
    dispose() {
      trainer?.dispose();
      network.dispose();
    },
  };
}

/** The trainer asked for; where it does not start, why the kernels train in its place. */
async function startOrExplain(
  startTrainer: StartTrainer | undefined,
  options: TrainerOptions,
): Promise<{ trainer?: Trainer; reason: string }> {
  try {
    return { trainer: await startTrainer?.(options), reason: "" };
  } catch (error) {
    return { reason: insteadOf(error) };
  }
}

function insteadOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `, in place of WebGPU: ${message}`;
}

/** PyTorch's start, uniform in ±1/√hiddenSize; an LSTM's forget gate is opened by a bias of 1. */
function initialParameters(config: NetworkConfig, seed: number): Record<string, Float32Array> {
  const random = randomStream(seed, "initial weights");
  const { hiddenSize, cell } = config;
  const limit = 1 / Math.sqrt(hiddenSize);
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const values = Float32Array.from({ length }, () => limit * (2 * random() - 1));
      // Gate order i f g o: the second quarter.
      if (cell === "lstm" && name === "layer0/bias") values.fill(1, hiddenSize, 2 * hiddenSize);
      return [name, values];
    }),
  );
}

/** Enough windows for a loss that is steady to a few hundredths. */
const mostValidationWindows = 8;

function meanLoss(network: FusedNetwork, windows: ReturnType<typeof streamWindows>): number {
  let lossSum = 0;
  let weight = 0;
  for (let step = 0; step < Math.min(mostValidationWindows, windows.stepsPerEpoch); step++) {
    const evaluation = network.evaluate(windows.window(step));
    lossSum += evaluation.lossSum;
    weight += evaluation.weight;
  }
  return lossSum / weight;
}

/** The network behind the contract that decoding knows. */
function languageModel(
  network: FusedNetwork,
  { tokenizer, config }: { tokenizer: Tokenizer; config: NetworkConfig },
): LanguageModel {
  const zeros = (batchSize: number) => new Float32Array(batchSize * config.hiddenSize);
  return {
    name: config.cell,
    vocabulary: tokenizer.vocabulary,
    initialState: (batchSize) => ({
      batchSize,
      hiddenState: zeros(batchSize),
      ...config.cell === "lstm" && { cellState: zeros(batchSize) },
    }),
    step(state, inputIds) {
      const { outputs, state: next } = network.step(state, inputIds);
      return { logits: outputs, state: next };
    },
    tokenLosses() {
      throw new Error("Cannot measure a text here: the playground only samples.");
    },
  };
}

/** Numbers went astray, not what computes them: another engine would fare no better. */
class DivergedError extends Error {}

function requireFinite(
  loss: number,
  { trainingStep, learningRate }: { trainingStep: number; learningRate: number },
): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(
    `Training diverged at update ${trainingStep}: the loss is ${loss}. If the updates were too ` +
      `large, a learning rate below ${learningRate} helps: start anew with one.`,
  );
}
