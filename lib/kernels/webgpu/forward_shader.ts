import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { activationOf, ACTIVATIONS } from "lib/kernels/webgpu/activations.ts";
import {
  placeRows,
  type RowCount,
  rowDeclarations,
  rowGroups,
  rowLoader,
  rowStore,
  tableLoader,
} from "lib/kernels/webgpu/row_vectors.ts";
import { SUMS_PER_TURN, unrolledLoop } from "lib/kernels/webgpu/unrolled_loop.ts";

/** What a sequence program is compiled for; the other sizes are uniforms. */
export interface ShaderVariant {
  readonly kind: CellKind;
  readonly hiddenSize: number;
  readonly rows: RowCount;
  readonly threads: number;
  /** Tokens in: `products` is a table with a row per token, `inputIds` says whose row to take. */
  readonly hasInputIds: boolean;
  /** A GRU's bias inside the reset gate; other cells' second biases are summed with the first. */
  readonly hasRecurrentBias: boolean;
}

/** Names of the forward program's inputs, in order. */
export function forwardInputs(variant: ShaderVariant): string[] {
  return [
    ...["products", "recurrentWeights", "initialHidden"],
    ...(variant.hasInputIds ? ["inputIds"] : []),
    ...(variant.kind === "lstm" ? ["initialCell"] : []),
    ...(variant.hasRecurrentBias ? ["recurrentBias"] : []),
  ];
}

/** Uniforms of both programs beside those of tfjs; offsets as in `TraceLayout`. */
export const FORWARD_UNIFORMS =
  "timeSteps : i32, batchSize : i32, finalCell : i32, cells : i32, gates : i32, candidate : i32,";

/**
 * WGSL of a whole layer forward in time: a workgroup carries `rows` sequences from the first time
 * step to the last, a thread computes all gates of its hidden units. Equations as in `cell_step.ts`.
 *
 * The state lives in workgroup memory, twice: one is read while the other is written, so that a time
 * step takes one barrier.
 */
export function forwardShader(variant: ShaderVariant): string {
  const { kind, hiddenSize, rows, threads } = variant;
  const gates = Array.from({ length: gateCount(kind) }, (_, gate) => gate);
  const groups = rowGroups(rows);
  const sums = (k: string) =>
    gates.map((gate) => {
      const weight = `recurrentWeights[${k} * W + j + ${gate * hiddenSize}]`;
      const add = (group: number, factor: string) =>
        `sum${gate}_${group} += hidden[${hiddenAt(group, hiddenSize)} + ${k}] * ${factor};`;
      if (groups.length === 1) return add(0, weight);
      return `{ let w = ${weight}; ${groups.map((group) => add(group, "w")).join(" ")} }`;
    }).join("\n            ");
  const loaders = forwardInputs(variant)
    .filter((name) => ["initialHidden", "initialCell"].includes(name))
    .map((name) => rowLoader(loaderName(name), name, rows));
  const productLoader = variant.hasInputIds ? tableLoader : rowLoader;
  return `
    const H = ${hiddenSize};
    const W = ${gates.length * hiddenSize};
    ${rowDeclarations(rows)}
    ${ACTIVATIONS}
    var<workgroup> hidden : array<Rows, ${2 * hiddenSize * groups.length}>;
    ${kind === "lstm" ? `var<workgroup> cell : array<Rows, ${hiddenSize * groups.length}>;` : ""}
    ${loaders.join("")}
    ${productLoader("loadProducts", "products", rows)}
    ${rowStore(rows)}

    fn main(index : i32) {
      let lane = i32(localId.x);
      var before = 0;
      for (var j = lane; j < H; j += ${threads}) {
        ${
    groups.map((group) => `
        ${placeRows(rows, group)}
        hidden[${hiddenAt(group, hiddenSize)} + j] = loadInitialHidden(j, H);
        store(j, H, hidden[${hiddenAt(group, hiddenSize)} + j]);
        ${kind === "lstm" ? `cell[${group} * H + j] = loadInitialCell(j, H);` : ""}`).join("")
  }
      }
      workgroupBarrier();
      for (var t = 0; t < uniforms.timeSteps; t++) {
        let row = t * uniforms.batchSize;
        for (var j = lane; j < H; j += ${threads}) {
          ${
    groups.map((group) =>
      placeRows(rows, group) + gates.map((gate) => `
          var sum${gate}_${group} = ${startOfSum(variant, gate)};`).join("")
    ).join("\n          ")
  }
          ${
    unrolledLoop(hiddenSize, { steps: Math.ceil(SUMS_PER_TURN / gates.length), body: sums })
  }
          ${
    groups.map((group) =>
      `{
          ${placeRows(rows, group)}
          ${gates.map((gate) => `let sum${gate} = sum${gate}_${group};`).join("\n          ")}
          ${cellText(variant, group)}
          store((row + uniforms.batchSize) * H + j, H, h);
          hidden[${group * 2 * hiddenSize} + H - before + j] = h;
          }`
    ).join("\n          ")
  }
        }
        workgroupBarrier();
        before = H - before;
      }
    }`;
}

/** Where a group's state before the time step starts. */
function hiddenAt(group: number, hiddenSize: number): string {
  return `${group * 2 * hiddenSize} + before`;
}

/** x W + b of one gate: the token's row of the table, or this time step's row of the products. */
function productText(hasInputIds: boolean, gate: number): string {
  return hasInputIds
    ? `loadProducts(row, ${gate} * H + j, W)`
    : `loadProducts(row * W + ${gate} * H + j, W)`;
}

/** A gate's sum starts from x W + b; a GRU's candidate keeps its recurrent part apart. */
function startOfSum({ kind, hasRecurrentBias, hasInputIds }: ShaderVariant, gate: number): string {
  const product = productText(hasInputIds, gate);
  if (kind !== "gru") return product;
  const bias = hasRecurrentBias ? `Rows(recurrentBias[${gate} * H + j])` : "Rows(0)";
  return gate === 2 ? bias : `${product} + ${bias}`;
}

function cellText(
  { kind, hiddenSize, hasInputIds }: ShaderVariant,
  group: number,
): string {
  const cell = `cell[${group} * H + j]`;
  const keepGate = (gate: number, name: string) =>
    `store(uniforms.gates + row * W + ${gate} * H + j, W, ${name});`;
  if (kind === "lstm") {
    return `
          let i = sigmoid(sum0);
          let f = sigmoid(sum1);
          let g = clampedTanh(sum2);
          let o = sigmoid(sum3);
          let c = f * ${cell} + i * g;
          ${cell} = c;
          let h = o * clampedTanh(c);
          ${keepGate(0, "i")} ${keepGate(1, "f")} ${keepGate(2, "g")} ${keepGate(3, "o")}
          store(uniforms.cells + row * H + j, H, c);
          if (t == uniforms.timeSteps - 1) { store(uniforms.finalCell + j, H, c); }`;
  }
  if (kind === "gru") {
    return `
          let r = sigmoid(sum0);
          let z = sigmoid(sum1);
          let n = clampedTanh(${productText(hasInputIds, 2)} + r * sum2);
          let h = n + z * (hidden[${hiddenAt(group, hiddenSize)} + j] - n);
          ${keepGate(0, "r")} ${keepGate(1, "z")} ${keepGate(2, "n")}
          store(uniforms.candidate + row * H + j, H, sum2);`;
  }
  return `
          let h = ${activationOf(kind)}(sum0);
          ${keepGate(0, "h")}`;
}

/** `initialHidden` -> `loadInitialHidden`. */
export function loaderName(input: string): string {
  return `load${input[0].toUpperCase()}${input.slice(1)}`;
}
