import { useBackend } from "lib/kernels/backend.ts";
import type { OptimizerState, SequenceWindow, StackState } from "lib/kernels/sequence_network.ts";
import { askDevice, DeviceFailure, withDeviceChecked } from "lib/kernels/webgpu/device_failure.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { fusedEngine } from "lib/training/engines/fused_engine.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import type {
  TrainingEngine,
  TrainingEngineOptions,
} from "lib/training/engines/training_engine.ts";

/** A training run in the computer's own memory, as of some step. */
interface Snapshot {
  readonly parameters: Record<string, Float32Array | Float64Array>;
  readonly optimizer: OptimizerState | undefined;
  /** State in which the last window ended; of no sequence before the first. */
  readonly state: StackState;
}

type Call<T> = (engine: TrainingEngine, window: SequenceWindow) => T | Promise<T>;

/** Steps from snapshot to snapshot: few enough to do again, enough for the copies not to count. */
const SNAPSHOT_EVERY = 50;

/**
 * `tfjsEngine` on the WebGPU backend, for a GPU that may fail: it keeps a copy of the training state,
 * and after a failure puts the model on WASM, does the steps since the copy again and goes on there.
 *
 * Parameters, optimiser and carried state are those that an undisturbed run would have, within
 * float32; the description says what happened. Where the weights are: see `TrainingEngine`.
 */
export function recoveringEngine(
  model: AnyTrainableModel,
  options: TrainingEngineOptions,
): TrainingEngine {
  let engine = tfjsEngine(model, options);
  let failure: DeviceFailure | undefined;
  let learningRate: number | undefined;
  let snapshot: Snapshot | undefined;
  /** Where the fallback's first window goes on from: its own engine has no state yet. */
  let startState: StackState | undefined;
  let since: { call: Call<unknown>; window: SequenceWindow }[] = [];

  const takeSnapshot = async () => {
    const parameters = await engine.parameters();
    const optimizer = options.optimizer && await engine.optimizerState();
    snapshot = { parameters, optimizer, state: await engine.finalState() };
    since = [];
  };

  /** Goes on with any other error as it is. */
  const fallBack = async (reason: unknown) => {
    if (!(reason instanceof DeviceFailure) || snapshot === undefined) throw reason;
    failure = reason;
    await useBackend("wasm");
    // What is left on the lost device is only let go of.
    engine.dispose();
    assignAll(model.parameters, snapshot.parameters);
    engine = model.fusible ? await fusedEngine(model, options) : tfjsEngine(model, options);
    if (snapshot.optimizer) engine.setOptimizerState(snapshot.optimizer);
    if (learningRate !== undefined) engine.setLearningRate(learningRate);
    startState = snapshot.state;
    for (const { call, window } of since) await onFallback(window, call);
    since = [];
  };

  const onFallback = <T>(window: SequenceWindow, call: Call<T>) => {
    const start = startState;
    startState = undefined;
    return call(engine, continued(window, start));
  };

  const run = async <T>(window: SequenceWindow, call: Call<T>): Promise<T> => {
    if (failure) return await onFallback(window, call);
    let result: T;
    try {
      if (snapshot === undefined) await takeSnapshot();
      result = await withDeviceChecked(() => call(engine, window));
    } catch (error) {
      await fallBack(error);
      return await onFallback(window, call);
    }
    since.push({ call, window });
    if (since.length >= SNAPSHOT_EVERY) await takeSnapshot().catch(fallBack);
    return result;
  };

  /** A question to the engine, asked again of the fallback if the device fails meanwhile. */
  const ask = async <T>(question: () => T | Promise<T>): Promise<T> => {
    if (failure) return await question();
    try {
      return await withDeviceChecked(question);
    } catch (error) {
      await fallBack(error);
      return await question();
    }
  };

  return {
    get description() {
      return failure
        ? `${engine.description}, in place of WebGPU: ${failure.message}`
        : engine.description;
    },
    trainStep: (window) => run(window, (engine, window) => engine.trainStep(window)),
    evaluate: (window, evaluation) =>
      run(window, (engine, window) => engine.evaluate(window, evaluation)),
    finalState: () => ask(() => startState ?? engine.finalState()),
    parameters: () => ask(() => engine.parameters()),
    setParameters(parameters) {
      engine.setParameters(parameters);
      snapshot = undefined;
    },
    async writeBack() {
      // The model's variables are on the device: whoever reads them next must find it there.
      if (!failure) await ask(askDevice);
      await engine.writeBack();
    },
    optimizerState: () => ask(() => engine.optimizerState()),
    setOptimizerState(state) {
      engine.setOptimizerState(state);
      snapshot = undefined;
    },
    setLearningRate(value) {
      engine.setLearningRate(value);
      learningRate = value;
    },
    dispose: () => engine.dispose(),
  };
}

/** A window that goes on from a state kept elsewhere than in its engine. */
function continued(window: SequenceWindow, state: StackState | undefined): SequenceWindow {
  if (state === undefined || !window.continues || state.batchSize !== window.batchSize) {
    return window;
  }
  return { ...window, continues: false, initialState: state };
}
