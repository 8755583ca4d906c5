import type { KernelMemory } from "lib/kernels/fused/kernel_memory.ts";
import { Cell, Optimizer, Plan } from "lib/kernels/fused/plan_layout.ts";
import { hasWideRegisters } from "lib/kernels/fused/wide_registers.ts";
import { withDefaults } from "lib/kernels/optimizer_defaults.ts";
import type { OptimizerSettings, SequenceNetworkOptions } from "lib/kernels/sequence_network.ts";

const CELLS = {
  "rnn-tanh": Cell.Tanh,
  "rnn-relu": Cell.Relu,
  "rnn-sigmoid": Cell.Sigmoid,
  gru: Cell.Gru,
  lstm: Cell.Lstm,
};

const OPTIMIZERS = { adagrad: Optimizer.Adagrad, rmsprop: Optimizer.Rmsprop, adam: Optimizer.Adam };

/** Writes what no call changes: sizes, kinds and the optimiser's constants. */
export function writePlanConstants(memory: KernelMemory, options: SequenceNetworkOptions): void {
  const { config } = options;
  const { layout } = memory;
  const words: [Plan, number][] = [
    [Plan.Cell, CELLS[config.cell]],
    [Plan.Hidden, config.hiddenSize],
    [Plan.HiddenPadded, layout.hiddenPadded],
    [Plan.LayerCount, config.layerCount],
    [Plan.InputSize, config.inputSize],
    [Plan.InputPadded, layout.inputPadded],
    [Plan.OutputSize, config.outputSize],
    [Plan.OutputPadded, layout.outputPadded],
    [Plan.GateWidth, layout.gateWidth],
    [Plan.RowWidth, layout.rowWidth],
    [Plan.TokenInputs, options.inputs === "values" ? 0 : 1],
    [Plan.SquaredError, options.loss === "squared-error" ? 1 : 0],
    [Plan.BiasesPerGate, config.biasesPerGate],
    [Plan.MayWait, mayWait() ? 1 : 0],
    [Plan.WideRegisters, hasWideRegisters() ? 1 : 0],
    [Plan.Sliced, layout.sliceRows > 0 ? 1 : 0],
    [Plan.SliceRows, layout.sliceRows],
    [Plan.Truncation, options.truncationLength ?? options.timeSteps],
    [Plan.DropoutThreshold, Math.min(0xffffffff, Math.round((options.dropout ?? 0) * 2 ** 32)) | 0],
  ];
  for (const [field, value] of words) memory.setWord(field, value);
  memory.setReal(Plan.DropoutScale, 1 / (1 - (options.dropout ?? 0)));
  memory.setReal(Plan.MaxGradientNorm, options.maxGradientNorm ?? 0);
  if (options.optimizer !== undefined) writeOptimizer(memory, options.optimizer);
}

function writeOptimizer(memory: KernelMemory, settings: OptimizerSettings): void {
  const full = withDefaults(settings);
  const kind = full.kind === "sgd"
    ? (full.momentum === 0 ? Optimizer.Sgd : Optimizer.Momentum)
    : OPTIMIZERS[full.kind];
  memory.setWord(Plan.Optimizer, kind);
  memory.setReal(Plan.WeightDecay, full.weightDecay);
  memory.setReal(Plan.Momentum, full.momentum);
  memory.setReal(Plan.Smoothing, full.smoothing);
  memory.setReal(Plan.Beta1, full.beta1);
  memory.setReal(Plan.Beta2, full.beta2);
  memory.setReal(Plan.Epsilon, full.epsilon);
}

/** Writes what changes from update to update. `trainingStep` counts from 1. */
export function writeRates(
  memory: KernelMemory,
  settings: OptimizerSettings,
  { learningRate, trainingStep }: { learningRate: number; trainingStep: number },
): void {
  const { beta1, beta2 } = withDefaults(settings);
  memory.setReal(Plan.LearningRate, learningRate);
  memory.setReal(Plan.StepSize, learningRate / (1 - beta1 ** trainingStep));
  memory.setReal(Plan.SecondMomentRoot, Math.sqrt(1 - beta2 ** trainingStep));
}

/** Whether this thread may sleep until another wakes it: not on a browser's main thread. */
function mayWait(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
