/**
 * Where the kernels and their caller find one another's numbers: one 32-bit word per field, from
 * `PLAN_ADDRESS` on. Read by the AssemblyScript sources too, so it holds nothing but enums.
 */
export enum Address {
  /** Words that threads signal through, one per cache line. */
  Control = 64,
  /** Constants of the elementwise functions, four times each. */
  Constants = 2048,
  Plan = 4096,
  Layers = 8192,
  LayerStride = 256,
  /** First byte that the plan gives out. */
  Heap = 16384,
}

/** Signals, in cache lines from `Address.Control`. */
export enum Signal {
  Command = 0,
  Arrivals = 1,
  Generation = 2,
  Waiters = 3,
  Stop = 4,
  Ready = 5,
  /** First of the work counters, one per phase. */
  Work = 8,
}

/** What a call does: a sum of these. */
export enum Job {
  Pack = 1,
  Forward = 2,
  Output = 4,
  Loss = 8,
  Backward = 16,
  Norm = 32,
  Update = 64,
  Dropout = 128,
  /** On one thread, and instead of all the others but `Pack`. */
  Write = 256,
}

export enum Cell {
  Tanh = 0,
  Relu = 1,
  Sigmoid = 2,
  Gru = 3,
  Lstm = 4,
}

export enum Optimizer {
  Sgd = 0,
  Momentum = 1,
  Adagrad = 2,
  Rmsprop = 3,
  Adam = 4,
}

/** Sizes count elements, addresses bytes. Padded sizes are multiples of 8. */
export enum Plan {
  Job,
  Cell,
  Hidden,
  HiddenPadded,
  LayerCount,
  InputSize,
  InputPadded,
  OutputSize,
  OutputPadded,
  /** Columns of a weight matrix, all gates. */
  GateWidth,
  /** Columns of a row of pre-activations: the GRU keeps its recurrent product apart. */
  RowWidth,
  TokenInputs,
  SquaredError,
  BiasesPerGate,
  TimeSteps,
  Batch,
  Threads,
  MayWait,
  /** Whether the engine joins two registers of four lanes to one of eight. */
  WideRegisters,
  /** 1: slices of the batch are worked off one after another; 0: one slice per thread. */
  Sliced,
  SliceRows,
  SliceCount,
  GroupCount,
  LaneStride,
  Truncation,
  DropoutThreshold,
  DropoutScale,
  DropoutKey,
  InputGradients,
  ExternalGradients,
  InputIds,
  TargetIds,
  TargetValues,
  InputValues,
  Mask,
  RowLosses,
  Outputs,
  /** Where the outputs of all slices are kept, or 0. */
  KeptOutputs,
  /** How many tokens to write; where the numbers are that draw them, and what was drawn. */
  WrittenCount,
  Draws,
  WrittenIds,
  WrittenNats,
  Powers,
  /** Where one over the temperature is. */
  InverseTemperature,
  LossScale,
  CellGradient,
  Parameters,
  ParameterWords,
  Gradients,
  GradientStride,
  Moments,
  Squares,
  NormPartials,
  NormBlocks,
  GradientNorm,
  PackedRows,
  PackedRowBytes,
  PackedPanels,
  PackStride,
  OutputWeights,
  OutputBias,
  /** The output bias, with columns that are padding at a value that no softmax sees. */
  OutputStart,
  OutputWeightsTransposed,
  Optimizer,
  LearningRate,
  WeightDecay,
  Momentum,
  Smoothing,
  Beta1,
  Beta2,
  Epsilon,
  StepSize,
  SecondMomentRoot,
  MaxGradientNorm,
}

/** Addresses that each layer has of its own. */
export enum Layer {
  InputWeights,
  RecurrentWeights,
  Bias,
  RecurrentBias,
  RecurrentTransposed,
  InputTransposed,
  EffectiveBias,
  Rows,
  HiddenStates,
  CellStates,
  CellTanh,
  Inputs,
  HiddenGradients,
  StateHidden,
  StateCell,
  InitialHiddenGradient,
  InitialCellGradient,
}
