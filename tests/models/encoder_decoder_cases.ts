import {
  type EncoderDecoder,
  encoderDecoder,
  type SourceView,
} from "lib/models/encoder_decoder.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { PairBatch } from "lib/sources/reversal_task.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";
import { readFixture } from "../fixtures/read_fixture.ts";

/** One network of `encoder_decoder.json`: sources of 6, 4 and 2 tokens, targets of 3, 5 and 4. */
export interface EncoderDecoderCase {
  readonly view: SourceView;
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly batch: PairBatch;
  readonly parameters: Record<string, number[]>;
  readonly logits: number[];
  /** [targetSteps, sourceSteps, batch]; empty for the fixed vector. */
  readonly weights: number[];
  readonly loss: number;
  readonly gradients: Record<string, number[]>;
}

/** What PyTorch computed: fixed vector, additive, scaled dot product. */
export const encoderDecoderCases = readFixture<EncoderDecoderCase[]>("encoder_decoder.json")
  .map((one) => ({ ...one, batch: typed(one.batch) }));

/** A network with a case's parameters, made on the current backend. */
export function caseNetwork(one: EncoderDecoderCase): EncoderDecoder {
  const network = encoderDecoder({ ...one, random: randomStream(1, "overwritten") });
  assignAll(network.parameters, one.parameters);
  return network;
}

function typed(batch: PairBatch): PairBatch {
  return {
    ...batch,
    sourceIds: Int32Array.from(batch.sourceIds),
    sourceMask: Float32Array.from(batch.sourceMask),
    targetIds: Int32Array.from(batch.targetIds),
    inputIds: Int32Array.from(batch.inputIds),
    targetMask: Float32Array.from(batch.targetMask),
  };
}
