import type { MicroscopeRecord } from "lib/experiments/microscope.ts";
import { meanInterval } from "lib/probes/gradients/rate_fit.ts";

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
