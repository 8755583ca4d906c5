import type { OutputLayer } from "lib/models/output/output_layer.ts";
import { throwIfStopped } from "lib/training/stop_request.ts";
import { eventLoopYielder } from "lib/training/event_loop_yielder.ts";

/** Hidden states of a network with the tokens that came next. */
export interface StatesAndTargets {
  readonly states: readonly Float64Array[];
  readonly targetIds: ArrayLike<number>;
}

/** What an output layer reached on states of a network that is not changed. */
export interface OutputLayerTrial {
  readonly layer: string;
  /** Of learning, per token. */
  readonly multiplyAddsPerToken: number;
  /** On the validation states, with all probabilities summed to 1. */
  readonly lossNats: number;
  /** Greatest |sum of probabilities - 1| there. */
  readonly sumError: number;
  /** A timing: differs from run to run. */
  readonly secondsPerThousandTokens: number;
}

/**
 * Trains an output layer on states in their order, once each, and measures its normalised loss.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function outputLayerTrial(
  layer: OutputLayer,
  { training, validation, learningRate }: {
    training: StatesAndTargets;
    validation: StatesAndTargets;
    learningRate: number;
  },
): Promise<OutputLayerTrial> {
  const takeTurn = eventLoopYielder();
  let cost = 0;
  const start = performance.now();
  for (const [place, state] of training.states.entries()) {
    await takeTurn();
    throwIfStopped();
    layer.learn(state, training.targetIds[place], learningRate);
    cost += layer.learningCost(training.targetIds[place]);
  }
  const seconds = (performance.now() - start) / 1000;
  let lossNats = 0, sumError = 0;
  for (const [place, state] of validation.states.entries()) {
    await takeTurn();
    throwIfStopped();
    const logs = layer.logProbabilities(state);
    lossNats -= logs[validation.targetIds[place]] / validation.states.length;
    const sum = logs.reduce((total, log) => total + Math.exp(log), 0);
    sumError = Math.max(sumError, Math.abs(sum - 1));
  }
  return {
    layer: layer.name,
    multiplyAddsPerToken: cost / training.states.length,
    lossNats,
    sumError,
    secondsPerThousandTokens: 1000 * seconds / training.states.length,
  };
}
