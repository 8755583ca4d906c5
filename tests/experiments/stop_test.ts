import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { boundTrials } from "lib/experiments/bound_trials.ts";
import { clippingStudy } from "lib/experiments/clipping_study.ts";
import { fadingStudy } from "lib/experiments/fading_study.ts";
import { inputGradients } from "lib/experiments/input_gradient_survey.ts";
import { learnSource, learnStrings } from "lib/experiments/learn_source.ts";
import { memoryStudy } from "lib/experiments/memory_study.ts";
import { microscopeStudy } from "lib/experiments/microscope.ts";
import { outputLayerTrial } from "lib/experiments/output_layer_trial.ts";
import { reversalTrial } from "lib/experiments/reversal_trial.ts";
import { saturationSurvey } from "lib/experiments/saturation_survey.ts";
import { sharingTrial } from "lib/experiments/sharing_trial.ts";
import { nonWordsDuringTraining } from "lib/experiments/non_words_during_training.ts";
import { tokenizerTrials } from "lib/experiments/tokenizer_trial.ts";
import { trainedTruncationBias } from "lib/experiments/truncation_bias.ts";
import { tyingTrial } from "lib/experiments/tying_trial.ts";
import { updateSizesOfSeeds } from "lib/experiments/update_sizes.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { FusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { orthogonal } from "lib/models/initialisers.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { fullSoftmax } from "lib/models/output/full_softmax.ts";
import { wordSet } from "lib/probes/writing/words.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { addingTask } from "lib/sources/adding_task.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";
import { reber } from "lib/sources/reber.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";
import { memoryRemedies, remedyLearner } from "lib/training/tasks/memory_remedies.ts";
import { lettersVocabulary, randomIds } from "../models/small_model.ts";

await useBackend("cpu");

const optimizer = { kind: "adam", learningRate: 0.01 } as const;
const training = { optimizer, trainingSteps: 3, threads: 1 };
const vocabulary = lettersVocabulary(7);
const schedule = streamWindows(randomIds(200), { batchSize: 2, unrollLength: 8 });
const seeds = [1, 2];
const network = { vocabulary, schedule, cell: "rnn-tanh", hiddenSize: 4 } as const;
const text = "she sells sea shells ".repeat(10);
const texts = { trainingText: text, validationText: text };
const layer = {
  hiddenSize: 8,
  vocabularySize: 7,
  inputIds: randomIds(40),
  recurrent: orthogonal(),
};
const learner = { cell: "gru", hiddenSize: 4, training, batchSize: 4, seed: 1 } as const;

/** An experiment with small settings, by its name. */
interface Experiment {
  /** How often it must look whether to stop, at the least: at every update, and before every run. */
  readonly looks: number;
  readonly run: () => Promise<unknown>;
}

/** By module; of those that sum up records and run nothing there are none. */
const experiments: Readonly<Record<string, Readonly<Record<string, Experiment>>>> = {
  bound_trials: { boundTrials: { looks: 6, run: () => boundTrials(6, { seed: 1 }) } },
  clipping_study: {
    clippingStudy: {
      looks: 12,
      run: () =>
        clippingStudy({
          ...{ ...network, recurrent: orthogonal(), learningRate: 0.1, trainingSteps: 3 },
          ...{ divergedAboveNats: 3, thresholds: [1, Infinity], seeds },
        }),
    },
  },
  fading_study: {
    "fadingStudy, trained": {
      looks: 10,
      run: () => fadingStudy({ ...network, training, seeds, texts: { a: randomIds(20) } }),
    },
    "fadingStudy, not trained": {
      looks: 6,
      run: () =>
        fadingStudy({
          ...{ ...network, training: { ...training, trainingSteps: 0 }, seeds },
          texts: { a: randomIds(20), b: randomIds(30) },
        }),
    },
  },
  input_gradient_survey: {
    inputGradients: {
      looks: 4,
      run: () => inputGradients({ vocabulary, ids: randomIds(20), hiddenSize: 8, seed: 1 }),
    },
  },
  learn_source: {
    learnSource: {
      looks: 5,
      run: async () => {
        const streams = { trainingSymbols: 400, unrollLength: 8, testSequences: 3, testLength: 10 };
        const options = { ...learner, ...streams, ngramOrders: [1, 2] };
        (await learnSource(goldenMeanProcess(), options)).model.dispose();
      },
    },
    learnStrings: {
      looks: 5,
      run: async () => {
        const strings = { trainingStrings: 40, testStrings: 8, ngramOrders: [1, 2] };
        (await learnStrings(reber(), { ...learner, ...strings })).model.dispose();
      },
    },
  },
  memory_study: {
    memoryStudy: {
      looks: 12,
      run: async () => {
        const settings = { hiddenSize: 4, batchSize: 2, maxUpdates: 2, testSequences: 4 };
        const how = memoryRemedies["tanh, Gaussian 0.1"];
        const study = {
          ...{ settings, tasks: [10, 12].map((length) => ({ length, task: addingTask(length) })) },
          learners: { tanh: { settings: how, make: remedyLearner.bind(undefined, how) } },
        };
        await Array.fromAsync(memoryStudy(study, { seeds }));
      },
    },
  },
  microscope: {
    microscopeStudy: {
      looks: 14,
      run: () =>
        microscopeStudy("tanh", {
          ...{ ...network, training, seeds, distance: 10 },
          texts: { a: randomIds(40), b: randomIds(50) },
        }),
    },
  },
  output_layer_trial: {
    outputLayerTrial: {
      looks: 8,
      run: () => {
        const states = Array.from({ length: 4 }, (_, at) => Float64Array.of(at % 2, 1 - at % 2));
        const read = { states, targetIds: [3, 6, 3, 6] };
        const data = { training: read, validation: read, learningRate: 0.5 };
        return outputLayerTrial(fullSoftmax({ vocabularySize: 8, hiddenSize: 2 }), data);
      },
    },
  },
  reversal_trial: {
    reversalTrial: {
      looks: 3,
      run: () => {
        const sizes = { length: 3, hiddenSize: 4, batchSize: 2, testStrings: 3, trainingSteps: 3 };
        return reversalTrial({ ...sizes, view: "additive", seed: 1 });
      },
    },
  },
  saturation_survey: {
    saturationSurvey: {
      looks: 8,
      run: () =>
        saturationSurvey({
          ...{ ...layer, seeds, deviations: [0.1, 1] },
          cells: ["rnn-tanh", "rnn-sigmoid"],
        }),
    },
  },
  sharing_trial: {
    sharingTrial: {
      looks: 6,
      run: () =>
        sharingTrial(goldenMeanProcess(), {
          ...{ cell: "rnn-tanh", hiddenSize: 4, positions: 3, trainingSequences: 16, batchSize: 4 },
          ...{ training, testLength: 6, testSequences: 3, seed: 1 },
        }),
    },
  },
  non_words_during_training: {
    nonWordsDuringTraining: {
      looks: 3,
      run: async () => {
        const tokenizer = characterTokenizer(text);
        const random = randomStream(1, "weights");
        const windows = streamWindows(tokenizer.encode(text), { batchSize: 2, unrollLength: 8 });
        const writing = { tokenizer, prompt: "s", length: 20, known: wordSet(text) };
        const model = recurrentLanguageModel({
          ...{ vocabulary: tokenizer.vocabulary, cell: "gru", hiddenSize: 4, random },
        });
        try {
          const course = { schedule: windows, training, random: () => random, writing };
          await nonWordsDuringTraining(model, course);
        } finally {
          model.dispose();
        }
      },
    },
  },
  task_success: {},
  tokenizer_trial: {
    tokenizerTrials: {
      looks: 6,
      run: () =>
        tokenizerTrials([characterTokenizer(text)], {
          ...{ ...texts, cell: "gru", parameterCount: 500, budget: { characters: 96 }, seeds },
          ...{ batchSize: 4, unrollLength: 8, learningRate: 0.01 },
        }),
    },
  },
  truncation_bias: {
    trainedTruncationBias: {
      looks: 5,
      run: () =>
        trainedTruncationBias({ ...network, trainingSteps: 3, seed: 1 }, {
          window: schedule.window(0),
          lengths: [1, 4],
        }),
    },
  },
  tying_trial: {
    tyingTrial: {
      looks: 6,
      run: () =>
        tyingTrial(characterTokenizer(text), {
          ...{ ...texts, hiddenSize: 4, tied: true, trainingSteps: 3, learningRate: 0.01, seeds },
        }),
    },
  },
  update_sizes: {
    updateSizesOfSeeds: {
      looks: 6,
      run: () => {
        const { hiddenSize } = network;
        const options = { optimizer, trainingSteps: 3 };
        return updateSizesOfSeeds({ vocabulary, hiddenSize, schedule, seeds }, options);
      },
    },
  },
};

Deno.test("every module of lib/experiments is asked to stop", async () => {
  const files = await Array.fromAsync(Deno.readDir("lib/experiments"));
  const modules = files.map(({ name }) => name.replace(/\.ts$/, "")).sort();
  assertEquals(Object.keys(experiments).sort(), modules);
});

for (
  const [name, { looks, run }] of Object.values(experiments).flatMap(Object.entries<Experiment>)
) {
  Deno.test(`${name}: looks whether to stop before each run and at each update, then ends at once and keeps nothing`, async () => {
    using watch = watchNetworks();
    let total = 0;
    await withStopRequests(() => ++total < 0, run);
    assert(total >= looks, `looked ${total} times`);
    for (const at of new Set([1, 2, 5, total].filter((look) => look <= total))) {
      const tensors = tf.memory().numTensors;
      let [seen, workThen] = [0, NaN];
      const asked = () => {
        workThen = watch.work;
        return ++seen === at;
      };
      await assertRejects(() => withStopRequests(asked, run), StoppedError);
      assertEquals(seen, at);
      assertEquals(watch.work - workThen, 0, `it went on to compute after look ${at}`);
      assertEquals(tf.memory().numTensors - tensors, 0, `tensors left after look ${at}`);
      assertEquals(watch.running.size, 0, `fused networks left after look ${at}`);
    }
  });
}

/** Which fused networks run, and how often a network has been computed with, on the kernels or on tfjs. */
function watchNetworks() {
  const running = new Set<FusedNetwork>();
  const engine = tf.engine();
  const { runKernel } = engine;
  const { trainStep, computeGradients, evaluate, setParameters, dispose } = FusedNetwork.prototype;
  const watch = {
    ...{ work: 0, running },
    [Symbol.dispose]() {
      Object.assign(FusedNetwork.prototype, {
        ...{ trainStep, computeGradients, evaluate, setParameters, dispose },
      });
      engine.runKernel = runKernel;
    },
  };
  const counted = <Given extends unknown[], Result>(act: (...given: Given) => Result) =>
    function (this: FusedNetwork, ...given: Given) {
      watch.work++;
      return act.apply(this, given);
    };
  Object.assign(FusedNetwork.prototype, {
    trainStep: counted(trainStep),
    computeGradients: counted(computeGradients),
    evaluate: counted(evaluate),
    setParameters(this: FusedNetwork, ...given: Parameters<typeof setParameters>) {
      running.add(this);
      return setParameters.apply(this, given);
    },
    dispose(this: FusedNetwork) {
      running.delete(this);
      return dispose.apply(this);
    },
  });
  engine.runKernel = function (this: typeof engine, ...given: Parameters<typeof runKernel>) {
    if (given[0].includes("MatMul")) watch.work++;
    return runKernel.apply(engine, given);
  } as typeof runKernel;
  return watch;
}
