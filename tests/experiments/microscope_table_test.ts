import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { MicroscopeRecord } from "lib/experiments/microscope.ts";
import { gateSaturation, growthRow } from "lib/experiments/microscope_table.ts";

const record = (
  seed: number,
  { trained, closed, rate }: { trained: boolean; closed: number; rate: number },
): MicroscopeRecord => ({
  ...{ network: "LSTM", seed, trained, lossNats: 2, boundPerStep: NaN },
  views: {
    text: {
      gradient: [],
      fit: { ratePerStep: rate, log10Start: 0, rSquared: 1, halfLife: 1 },
      saturation: {
        meanSlope: 1,
        saturatedShare: 0,
        gates: { forgetGate: { closed, open: 2 * closed, mean: 0.5 } },
      },
      largestGrowth: rate + 0.01,
    },
  },
});
const records = [
  record(1, { trained: false, closed: 0, rate: 0.7 }),
  record(2, { trained: false, closed: 0.1, rate: 0.8 }),
  record(1, { trained: true, closed: 0.2, rate: 0.9 }),
  record(2, { trained: true, closed: 0.4, rate: 0.9 }),
];

Deno.test("gateSaturation() averages the shares of each gate over seeds, before and after training", () => {
  const [drawn, trained] = gateSaturation(records, "text");
  assertEquals([drawn.gate, drawn.series, drawn.closed, drawn.open], [
    ...["LSTM, forget", "drawn", 0.05, 0.1],
  ]);
  assertEquals([trained.series, trained.mean], ["trained", 0.5]);
  assertAlmostEquals(trained.closed, 0.3, 1e-12);
});

Deno.test("growthRow() has the mean rate with its interval, and no bound for a gated cell", () => {
  const row: Record<string, unknown> = growthRow(records.slice(0, 2));
  assertEquals([row.network, row["loss (nats)"], row["bound per step"]], [
    "LSTM, drawn",
    null,
    null,
  ]);
  assertAlmostEquals(row["rate on text"] as number, 0.75, 1e-12);
  assertAlmostEquals(row["largest exponent on text, per step"] as number, 0.76, 1e-12);
  // Student's t with one degree of freedom: 12.706 times the standard error, 0.05.
  assertAlmostEquals(row["to, text"] as number, 0.75 + 12.7062 * 0.05, 1e-4);
});
