import { createFusedNetwork, type FusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { Writing, WritingOptions } from "lib/kernels/fused/token_writer.ts";
import { type MaybePromise, readTensors, whenReady } from "lib/kernels/read_tensor.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { LanguageModelStep } from "lib/models/language_model.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";

/** The language-model contract answered by the fused kernels. */
export interface FusedInference {
  step(
    state: StackState,
    inputIds: ArrayLike<number>,
  ): MaybePromise<LanguageModelStep<StackState>>;
  write(state: StackState, options: WritingOptions): MaybePromise<Writing>;
  tokenLosses(ids: Int32Array): Promise<Float64Array>;
  dispose(): void;
}

const WINDOW = 128;

/** Steps and evaluates a recurrent language model with fused networks that follow its variables. */
export function fusedInference(model: TrainableModel): FusedInference {
  const stepper = parameterSync(model, 1);
  const reader = parameterSync(model, WINDOW);
  return {
    step(state, inputIds) {
      return whenReady(stepper.network(state.batchSize), (network) => {
        const { outputs, state: next } = network.step(state, inputIds);
        return { logits: outputs, state: next };
      });
    },
    write(state, options) {
      return whenReady(stepper.network(1), (network) => network.write(state, options));
    },
    async tokenLosses(ids) {
      const network = await reader.network(1);
      const losses = new Float64Array(ids.length - 1);
      for (let start = 0; start < losses.length; start += WINDOW) {
        const timeSteps = Math.min(WINDOW, losses.length - start);
        const window = {
          timeSteps,
          batchSize: 1,
          inputIds: ids.slice(start, start + timeSteps),
          targetIds: ids.slice(start + 1, start + 1 + timeSteps),
          continues: start > 0,
        };
        losses.set(network.evaluate(window, { positionLosses: true }).positionLosses!, start);
      }
      return losses;
    },
    dispose() {
      stepper.dispose();
      reader.dispose();
    },
  };
}

/**
 * A fused network with the model's parameters, started when first asked for and again for a larger
 * batch; it reads the variables anew whenever one of them was assigned since the last call.
 */
function parameterSync(model: TrainableModel, timeSteps: number) {
  let current: FusedNetwork | undefined;
  let pending: Promise<FusedNetwork> | undefined;
  let versions: readonly object[] = [];
  const isLargeEnough = (batchSize: number) => current && current.options.batchSize >= batchSize;
  const isCurrent = () =>
    Object.values(model.parameters).every(({ dataId }, index) => dataId === versions[index]);

  const catchUp = async (batchSize: number): Promise<FusedNetwork> => {
    if (!isLargeEnough(batchSize)) {
      current?.dispose();
      const config = model.config;
      current = await createFusedNetwork({ config, timeSteps, batchSize, threads: 1 });
    }
    const variables = Object.values(model.parameters);
    versions = variables.map(({ dataId }) => dataId);
    const values = await readTensors(variables);
    const names = Object.keys(model.parameters);
    current!.setParameters(Object.fromEntries(names.map((name, index) => [name, values[index]])));
    return current!;
  };
  return {
    network(batchSize: number): MaybePromise<FusedNetwork> {
      if (pending) return pending.then(() => this.network(batchSize));
      if (isLargeEnough(batchSize) && isCurrent()) return current!;
      pending = catchUp(batchSize).finally(() => pending = undefined);
      return pending;
    },
    dispose() {
      current?.dispose();
      current = undefined;
    },
  };
}
