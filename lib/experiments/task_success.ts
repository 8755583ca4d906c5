import { median } from "lib/probes/median.ts";

/** A run on a task, as far as success goes. */
export interface SuccessRun {
  readonly remedy: string;
  readonly length: number;
  readonly seed: number;
  readonly solved: boolean;
}

/** Share of the runs of one remedy at one length that solved the task. */
export interface SuccessShare {
  readonly remedy: string;
  readonly length: number;
  readonly runs: number;
  readonly share: number;
}

/** Share of solved runs for each remedy and length, in the order in which they first occur. */
export function successShares(runs: readonly SuccessRun[]): SuccessShare[] {
  const groups = Map.groupBy(runs, ({ remedy, length }) => JSON.stringify([remedy, length]));
  return [...groups.values()].map((own) => ({
    remedy: own[0].remedy,
    length: own[0].length,
    runs: own.length,
    share: own.filter(({ solved }) => solved).length / own.length,
  }));
}

/** How far a remedy reaches: the longest task that at least half of its runs solve, and the spread. */
export interface Reach {
  readonly remedy: string;
  /** 0 if there is none. */
  readonly longest: number;
  /** Over seeds: the shortest and the longest reach of a single one. */
  readonly low: number;
  readonly high: number;
}

/** A run with what it took. */
export interface TaskRecord extends SuccessRun {
  readonly updates: number;
  readonly testError: number;
  readonly trainingLoss: number;
}

/**
 * A row per remedy and length: how many runs solved the task, after how many updates, and what was
 * published of that network, by its name.
 */
export function taskSummary(
  task: string,
  records: readonly Omit<TaskRecord, "trainingLoss">[],
  published: Readonly<Record<string, string>> = {},
) {
  const groups = Map.groupBy(records, ({ remedy, length }) => JSON.stringify([remedy, length]));
  return [...groups.values()].map((own) => {
    const updates = own.filter(({ solved }) => solved).map((run) => run.updates);
    return {
      task: `${task}, T = ${own[0].length}`,
      network: own[0].remedy,
      solved: `${updates.length} of ${own.length}`,
      updates: updates.length ? `${Math.min(...updates)} to ${Math.max(...updates)}` : "",
      "error at the end (median)": median(own.map(({ testError }) => testError)),
      ...(own[0].remedy in published && { published: published[own[0].remedy] }),
    };
  });
}

/** The reach of each remedy. A length counts only if all shorter ones are solved too. */
export function reachOf(runs: readonly SuccessRun[]): Reach[] {
  const remedies = [...new Set(runs.map(({ remedy }) => remedy))];
  const lengths = [...new Set(runs.map(({ length }) => length))].sort((a, b) => a - b);
  const furthest = (solves: (length: number) => boolean) => {
    const missed = lengths.findIndex((length) => !solves(length));
    const count = missed < 0 ? lengths.length : missed;
    return count === 0 ? 0 : lengths[count - 1];
  };
  return remedies.map((remedy) => {
    const own = runs.filter((run) => run.remedy === remedy);
    const shares = successShares(own);
    const bySeed = [...Map.groupBy(own, ({ seed }) => seed).values()].map((ofSeed) =>
      furthest((length) => ofSeed.some((run) => run.length === length && run.solved))
    );
    return {
      remedy,
      longest: furthest((length) =>
        (shares.find((one) => one.length === length)?.share ?? 0) >= 0.5
      ),
      low: Math.min(...bySeed),
      high: Math.max(...bySeed),
    };
  });
}

/**
 * What an independent implementation reached at two tasks of the literature (Hochreiter and
 * Schmidhuber 1997; Le, Jaitly and Hinton 2015), by network as our stored results name it: runs of
 * five that solve temporal order (T = 100, 50 units), and updates until adding (T = 50, 64 units) is
 * solved. Both with Adam at 0.001, batches of 64 and at most 5,000 updates.
 */
export const publishedFigures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "temporal order": {
    "LSTM, forget bias 1": "5 of 5",
    "LSTM orthogonal, bias 1": "5 of 5",
    "LSTM, PyTorch's draw, bias + 1": "5 of 5",
    "LSTM, forget bias 0": "0 of 5",
    "LSTM orthogonal, bias 0": "0 of 5",
    "relu, identity (IRNN)": "5 of 5",
    "tanh, Gaussian 0.1": "0 of 5",
  },
  "adding": {
    ...both("GRU", "GRU orthogonal", "750 updates"),
    ...both("LSTM, forget bias 1", "LSTM orthogonal, bias 1", "1750 to 2000 updates"),
    "relu, identity (IRNN)": "2750 to 3000 updates",
    ...both("tanh, orthogonal", "tanh, orthogonal, Glorot input", "4250 to 4750 updates"),
    "tanh, orthogonal, one bias, not clipped": "4250 to 4750 updates",
    ...both("tanh, Gaussian 0.1", "tanh, Gaussian 0.1", "more than 5000 updates"),
  },
};

function both(clipped: string, redrawn: string, figure: string): Record<string, string> {
  return { [clipped]: figure, [redrawn]: figure, [`${redrawn}, not clipped`]: figure };
}
