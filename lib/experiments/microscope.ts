import { steepestSlope } from "lib/experiments/bound_trials.ts";
import { gateCount } from "lib/kernels/network_config.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { cellTrajectory, modelLayer } from "lib/probes/cell_trajectory.ts";
import { lyapunovExponents } from "lib/probes/dynamics/lyapunov_exponents.ts";
import { spectralNorm } from "lib/probes/dynamics/state_jacobian.ts";
import {
  type GradientAtDistance,
  lossGradient,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import { fitRate, meanInterval, type RateFit } from "lib/probes/gradients/rate_fit.ts";
import { type Saturation, saturation } from "lib/probes/saturation.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";
import { type NewModelOptions, trainNewModel } from "lib/training/train_new_model.ts";

/** Everything the microscope shows of one model on one text. */
export interface MicroscopeView {
  /** Norm of d loss_T / d s_t by distance, s the whole state: h, for an LSTM h and c. */
  readonly gradient: readonly GradientAtDistance[];
  readonly fit: RateFit;
  readonly saturation: Saturation;
  /** Largest growth per step of a gradient in any direction, over the whole text. */
  readonly largestGrowth: number;
}

/** One network, before or after training, seen on every text. */
export interface MicroscopeRecord {
  readonly network: string;
  readonly seed: number;
  readonly trained: boolean;
  /** Mean training loss of the last updates; NaN before training. */
  readonly lossNats: number;
  /** Bound per step, steepest slope times largest singular value of U; NaN for gated cells. */
  readonly boundPerStep: number;
  readonly views: Readonly<Record<string, MicroscopeView>>;
}

/** What is looked at. */
export interface MicroscopeTexts {
  /** Texts by name; the loss stands `distance` characters in or at the end, where exponents are taken. */
  readonly texts: Readonly<Record<string, Int32Array>>;
  /** How far the gradient is followed, where the text is long enough. */
  readonly distance: number;
}

/**
 * Puts one-layer models under the microscope before and after training: gradient by distance with its
 * fitted rate, saturation of units and gates, largest Lyapunov exponent, on every text.
 *
 * Each model is made twice from the same seed, once to be looked at as drawn.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function microscopeStudy(
  network: string,
  options: Omit<NewModelOptions, "seed"> & MicroscopeTexts & { seeds: readonly number[] },
): Promise<MicroscopeRecord[]> {
  const { seeds, texts, distance, ...recipe } = options;
  const runs = [false, true].flatMap((trained) => seeds.map((seed) => ({ trained, seed })));
  return await mapStoppably(runs, async ({ trained, seed }) => {
    const trainingSteps = trained ? recipe.training.trainingSteps : 0;
    const training = { ...recipe.training, trainingSteps };
    const { model, records } = await trainNewModel({ ...recipe, training, seed });
    try {
      const views = await mapStoppably(Object.entries(texts), ([name, ids]) => [
        name,
        microscope(model, ids, { distance }),
      ]);
      return {
        ...{ network, seed, trained, lossNats: records.at(-1)?.lossNats ?? NaN },
        boundPerStep: boundPerStep(model),
        views: Object.fromEntries(views),
      };
    } finally {
      model.dispose();
    }
  });
}

/** One model on one text. */
export function microscope(
  model: TrainableModel,
  ids: Int32Array,
  { distance }: { distance: number },
): MicroscopeView {
  const layer = modelLayer(model);
  const lossTimeStep = Math.min(distance, ids.length - 1);
  const near = cellTrajectory(layer, { inputIds: ids.subarray(0, lossTimeStep) });
  const outputGradient = lossGradient(model, near.hiddenStates.at(-1)!, ids[lossTimeStep]);
  const part = layer.cell === "lstm" ? "state" : "hidden";
  const gradient = stateGradientByDistance(near, { outputGradient, part });
  const whole = cellTrajectory(layer, { inputIds: ids });
  const steepest = layer.cell in steepestSlope
    ? steepestSlope[layer.cell as keyof typeof steepestSlope]
    : 1;
  const [exponent] = lyapunovExponents(whole, { count: 1, warmUp: Math.floor(ids.length / 10) });
  return {
    gradient,
    fit: fitRate(gradient, { from: 2 }),
    saturation: saturation(whole, { steepest }),
    largestGrowth: Math.exp(exponent),
  };
}

/** Steepest slope times the largest singular value of U: no vanilla network's gradient grows faster. */
export function boundPerStep(model: TrainableModel): number {
  const { cell, hiddenSize, recurrentWeights } = modelLayer(model);
  if (gateCount(cell) > 1) return NaN;
  return steepestSlope[cell as keyof typeof steepestSlope] *
    spectralNorm(recurrentWeights, hiddenSize);
}

/** Where the values of one gate lie, in the mean over seeds. */
export interface GateSaturation {
  /** As in "LSTM, forget". */
  readonly gate: string;
  readonly series: "drawn" | "trained";
  /** Shares of its values below 0.1 and above 0.9. */
  readonly closed: number;
  readonly open: number;
  readonly mean: number;
}

/** Every gate of every network before and after training, on one text; networks without gates have none. */
export function gateSaturation(
  records: readonly MicroscopeRecord[],
  text: string,
): GateSaturation[] {
  return [...Map.groupBy(records, ({ network }) => network)].flatMap(([network, own]) => {
    const names = Object.keys(own[0].views[text].saturation.gates);
    return names.flatMap((name) =>
      [false, true].map((trained): GateSaturation => {
        const found = own.filter((one) => one.trained === trained)
          .map(({ views }) => views[text].saturation.gates[name]);
        return {
          gate: `${network}, ${name.replace("Gate", "")}`,
          series: trained ? "trained" : "drawn",
          closed: mean(found.map((gate) => gate.closed)),
          open: mean(found.map((gate) => gate.open)),
          mean: mean(found.map((gate) => gate.mean)),
        };
      })
    );
  });
}

/** One network before or after training as a row: its loss, its rates with 95 % intervals, its growth. */
export function growthRow(records: readonly MicroscopeRecord[]) {
  const [{ network, trained, views, boundPerStep }] = records;
  const columns = Object.keys(views).map((text) => {
    const rate = meanInterval(records.map((one) => one.views[text].fit.ratePerStep));
    return {
      [`rate on ${text}`]: rate.mean,
      [`95 % on ${text}, from`]: rate.low,
      [`to, ${text}`]: rate.high,
      [`largest exponent on ${text}, per step`]: mean(
        records.map((one) => one.views[text].largestGrowth),
      ),
    };
  });
  return {
    network: `${network}, ${trained ? "trained" : "drawn"}`,
    "loss (nats)": trained ? mean(records.map(({ lossNats }) => lossNats)) : null,
    "bound per step": Number.isNaN(boundPerStep)
      ? null
      : mean(records.map((one) => one.boundPerStep)),
    ...Object.assign({}, ...columns) as Record<string, number>,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
