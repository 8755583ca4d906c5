import { optimizerKinds } from "lib/kernels/optimizer_defaults.ts";
import type { OptimizerSettings, SequenceNetworkOptions } from "lib/kernels/sequence_network.ts";

/** What a setting must be, in words and as a test. */
interface Rule {
  readonly must: string;
  readonly holds: (value: number) => boolean;
}

const share: Rule = {
  must: "at least 0 and below 1",
  holds: (value) => value >= 0 && value < 1,
};
const amount: Rule = { must: "at least 0", holds: (value) => value >= 0 };
const finiteAmount: Rule = {
  must: "at least 0 and finite",
  holds: (value) => value >= 0 && value < Infinity,
};
/** Without it a weight that never had a gradient, a token's that never came, is 0 / 0. */
const divisor: Rule = {
  must: "finite, and above 0 in single precision",
  holds: (value) => Math.fround(value) > 0 && value < Infinity,
};
const positive: Rule = { must: "above 0", holds: (value) => value > 0 };
const count: Rule = {
  must: "a whole number >= 1",
  holds: (value) => Number.isSafeInteger(value) && value >= 1,
};
const word: Rule = {
  must: "a 32-bit integer",
  holds: (value) => value === (value | 0) || value === value >>> 0,
};

/** Every number by which a training is set, whatever computes it. */
const rules = {
  ...{ weightDecay: finiteAmount, minImprovementNats: finiteAmount, epsilon: divisor },
  ...{ momentum: share, smoothing: share, beta1: share, beta2: share, dropout: share },
  ...{ maxGradientNorm: positive, recordEvery: positive, evaluateEvery: positive },
  ...{ timeSteps: count, batchSize: count, threads: count, patience: count },
  ...{ testEvery: count, testSequences: count },
  ...{ dropoutSeed: word, timeBudgetSeconds: amount, trainingSteps: amount, maxUpdates: amount },
} satisfies Record<string, Rule>;

/** @throws {RangeError} naming the first number that makes no sense; what is not given has its default. */
export function requireSettings(
  settings: Readonly<Partial<Record<keyof typeof rules, number>>>,
): void {
  for (const [name, value] of Object.entries(settings)) {
    const { must, holds } = rules[name as keyof typeof rules];
    if (value === undefined || (typeof value === "number" && holds(value))) continue;
    throw new RangeError(`Cannot train: ${name} must be ${must}, got ${shown(value)}.`);
  }
}

/**
 * Looks at how a network is to be trained, before anything is made of it.
 *
 * @throws {RangeError} if the optimiser is unknown, its learning rate not positive, or another number
 * makes no sense.
 */
export function requireTraining(
  { optimizer, maxGradientNorm, dropout, dropoutSeed }: Pick<
    SequenceNetworkOptions,
    "optimizer" | "maxGradientNorm" | "dropout" | "dropoutSeed"
  >,
): void {
  if (optimizer) requireOptimizer(optimizer);
  requireSettings({ maxGradientNorm, dropout, dropoutSeed });
}

/** @throws {RangeError} if the kind is unknown, the learning rate not positive, or a constant out of range. */
export function requireOptimizer(settings: OptimizerSettings): void {
  if (!optimizerKinds.includes(settings?.kind)) {
    throw new RangeError(
      `Cannot train: the optimizer's kind must be one of ${optimizerKinds.join(", ")}, ` +
        `got ${settings?.kind}.`,
    );
  }
  requireLearningRate(settings.learningRate);
  const { weightDecay, momentum, smoothing, beta1, beta2, epsilon } = settings;
  requireSettings({ weightDecay, momentum, smoothing, beta1, beta2, epsilon });
}

/** @throws {RangeError} if the learning rate is not a positive number. */
export function requireLearningRate(learningRate: number): void {
  if (typeof learningRate === "number" && learningRate > 0 && learningRate < Infinity) return;
  throw new RangeError(
    `Cannot train: the learning rate must be positive, got ${shown(learningRate)}.`,
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? `the text "${value}"` : String(value);
}
