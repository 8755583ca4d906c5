import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import {
  BACKWARD_UNIFORMS,
  backwardInputs,
  backwardShader,
} from "lib/kernels/webgpu/backward_shader.ts";
import {
  FORWARD_UNIFORMS,
  forwardInputs,
  forwardShader,
} from "lib/kernels/webgpu/forward_shader.ts";
import {
  gradientLayout,
  type SequenceSizes,
  traceLayout,
  type WorkgroupPlan,
} from "lib/kernels/webgpu/sequence_layout.ts";

/** A layer's pre-activations from its inputs, its weights and state, as the forward program reads them. */
export interface ForwardTensors {
  /** x W + b, [time * batch, G * hidden]; with `inputIds`, W + b: a row for each token. */
  readonly products: tf.Tensor;
  /** [time * batch or more], int32. */
  readonly inputIds?: tf.Tensor;
  readonly recurrentWeights: tf.Tensor;
  readonly initialHidden: tf.Tensor;
  readonly initialCell?: tf.Tensor;
  readonly recurrentBias?: tf.Tensor;
}

/** What the backward program reads; see `backwardShader`. */
export interface BackwardTensors {
  readonly given: tf.Tensor;
  readonly trace: tf.Tensor;
  readonly transposedWeights: tf.Tensor;
  readonly initialCell?: tf.Tensor;
}

/** Runs the forward program; its output is one flat array, laid out as `traceLayout` says. */
export function runForward(
  sizes: SequenceSizes,
  tensors: ForwardTensors,
  plan: WorkgroupPlan,
): tf.Tensor1D {
  const variant = {
    ...{ kind: sizes.kind, hiddenSize: sizes.hiddenSize, rows: plan.rows, threads: plan.threads },
    hasInputIds: tensors.inputIds !== undefined,
    hasRecurrentBias: tensors.recurrentBias !== undefined,
  };
  const { finalCell, cells, gates, recurrentCandidate, size } = traceLayout(sizes);
  return runProgram({
    key: `unrolled_forward_${Object.values(variant).join("_")}`,
    code: () => forwardShader(variant),
    names: forwardInputs(variant),
    tensors: tensors as unknown as Record<string, tf.Tensor>,
    uniforms: FORWARD_UNIFORMS,
    values: [sizes.timeSteps, sizes.batchSize, finalCell, cells, gates, recurrentCandidate],
    ...{ size, plan },
  });
}

/** Runs the backward program; its output is one flat array, laid out as `gradientLayout` says. */
export function runBackward(
  sizes: SequenceSizes,
  tensors: BackwardTensors,
  plan: WorkgroupPlan,
): tf.Tensor1D {
  const { kind, hiddenSize } = sizes;
  const variant = { kind, hiddenSize, rows: plan.rows, threads: plan.threads };
  const trace = traceLayout(sizes), gradient = gradientLayout(sizes);
  return runProgram({
    key: `unrolled_backward_${Object.values(variant).join("_")}`,
    code: () => backwardShader(variant),
    names: backwardInputs(variant),
    tensors: tensors as unknown as Record<string, tf.Tensor>,
    uniforms: BACKWARD_UNIFORMS,
    values: [
      ...[sizes.timeSteps, sizes.batchSize, trace.cells, trace.gates, trace.recurrentCandidate],
      ...[gradient.recurrentProducts, gradient.initialHidden, gradient.initialCell],
    ],
    ...{ size: gradient.size, plan },
  });
}

interface SequenceProgram {
  /** Names the compiled code: tfjs caches pipelines by it and knows nothing of constants. */
  readonly key: string;
  readonly code: () => string;
  readonly names: readonly string[];
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  readonly uniforms: string;
  readonly values: readonly number[];
  readonly size: number;
  readonly plan: WorkgroupPlan;
}

function runProgram(program: SequenceProgram): tf.Tensor1D {
  const { key, code, names, tensors, uniforms, values, size, plan } = program;
  const backend = tf.backend() as WebGPUBackend;
  // tfjs writes into the program object: a new one each time.
  const tfjsProgram = {
    variableNames: [...names],
    variableComponents: names.map(() => 1),
    outputShape: [size],
    shaderKey: key,
    dispatchLayout: { x: [0] },
    dispatch: [plan.workgroups, 1, 1] as [number, number, number],
    workgroupSize: [plan.threads, 1, 1] as [number, number, number],
    uniforms,
    getUserCode: code,
  };
  const info = backend.runWebGPUProgram(
    tfjsProgram,
    names.map((name) => tensors[name]),
    "float32",
    values.map((value) => ({ type: "int32", data: [value] })),
  );
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor1D;
}
