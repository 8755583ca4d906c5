import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { chooseEngine, type EngineChoice } from "lib/training/engines/choose_engine.ts";
import type { TrainingEngine } from "lib/training/engines/training_engine.ts";

/** Loss of a model over all windows of one epoch of a schedule. */
export interface EvaluationResult {
  /** Mean over the tokens that count. */
  readonly lossNats: number;
  /** Number of tokens that count. */
  readonly tokens: number;
  /** Mean loss by time step of a window, in nats, [timeSteps of the largest window]. */
  readonly lossNatsByTimeStep: Float64Array;
}

/** Settings of `evaluate`. */
export interface EvaluateOptions {
  /** Default "auto". */
  readonly engine?: EngineChoice;
}

/**
 * Measures a model on a schedule's windows, each token once; the state is carried where the windows
 * continue one another.
 */
export async function evaluate(
  model: AnyTrainableModel,
  schedule: WindowSchedule,
  options: EvaluateOptions = {},
): Promise<EvaluationResult> {
  const engine = await chooseEngine(model, {
    ...schedule.largestWindow,
    engine: options.engine ?? "auto",
  });
  try {
    return await evaluateWith(engine, schedule);
  } finally {
    engine.dispose();
  }
}

/** The same with an engine that is already running; its carried state is lost. */
export async function evaluateWith(
  engine: TrainingEngine,
  schedule: WindowSchedule,
): Promise<EvaluationResult> {
  const { timeSteps } = schedule.largestWindow;
  const sums = new Float64Array(timeSteps);
  const weights = new Float64Array(timeSteps);
  for (let step = 0; step < schedule.stepsPerEpoch; step++) {
    const window = schedule.window(step);
    const { positionLosses } = await engine.evaluate(window, { positionLosses: true });
    const { mask, batchSize } = window;
    for (let place = 0; place < positionLosses!.length; place++) {
      const weight = mask ? mask[place] : 1;
      const timeStep = Math.floor(place / batchSize);
      if (weight > 0) sums[timeStep] += weight * positionLosses![place];
      weights[timeStep] += weight;
    }
  }
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return {
    lossNats: total(sums) / total(weights),
    tokens: total(weights),
    lossNatsByTimeStep: sums.map((sum, timeStep) => sum / weights[timeStep]),
  };
}
