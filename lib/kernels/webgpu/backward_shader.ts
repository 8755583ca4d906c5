import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { ACTIVATIONS } from "lib/kernels/webgpu/activations.ts";
import { loaderName } from "lib/kernels/webgpu/forward_shader.ts";
import {
  placeRows,
  type RowCount,
  rowDeclarations,
  rowGroups,
  rowLoader,
  rowStore,
} from "lib/kernels/webgpu/row_vectors.ts";
import { SUMS_PER_TURN, unrolledLoop } from "lib/kernels/webgpu/unrolled_loop.ts";

/** Names of the backward program's inputs, in order. */
export function backwardInputs({ kind }: { kind: CellKind }): string[] {
  const inputs = ["given", "trace", "transposedWeights"];
  return kind === "lstm" ? [...inputs, "initialCell"] : inputs;
}

/** Uniforms of the backward program: the trace's offsets, then those of `GradientLayout`. */
export const BACKWARD_UNIFORMS =
  "timeSteps : i32, batchSize : i32, cells : i32, gates : i32, candidate : i32, " +
  "recurrentProducts : i32, initialHiddenAt : i32, initialCellAt : i32,";

/**
 * WGSL of a whole layer back through time, the counterpart of `forwardShader`.
 *
 * `given` is the gradient of what the caller saw: [time, batch, H], then [batch, H] of an LSTM's last
 * cell state. Each thread first turns d loss / d h_t of its units into gradients of their gates, which
 * it leaves in workgroup memory; then it gathers d loss / d h_(t-1) from the gates of all units.
 */
export function backwardShader(
  { kind, hiddenSize, rows, threads }: {
    kind: CellKind;
    hiddenSize: number;
    rows: RowCount;
    threads: number;
  },
): string {
  const lstm = kind === "lstm";
  const gates = Array.from({ length: gateCount(kind) }, (_, gate) => gate);
  const groups = rowGroups(rows);
  const sums = (k: string) =>
    gates.map((gate) => {
      const weight = `transposedWeights[${k} * H + j + ${gate * hiddenSize * hiddenSize}]`;
      const add = (group: number, factor: string) =>
        `sum_${group} += dGates[${group} * W + ${k} + ${gate * hiddenSize}] * ${factor};`;
      if (groups.length === 1) return add(0, weight);
      return `{ let w = ${weight}; ${groups.map((group) => add(group, "w")).join(" ")} }`;
    }).join("\n            ");
  const loaders = backwardInputs({ kind }).filter((name) => name !== "transposedWeights")
    .map((name) => rowLoader(loaderName(name), name, rows));
  return `
    const H = ${hiddenSize};
    const W = ${gateCount(kind) * hiddenSize};
    ${rowDeclarations(rows)}
    ${ACTIVATIONS}
    var<workgroup> dGates : array<Rows, ${gateCount(kind) * hiddenSize * groups.length}>;
    var<workgroup> dHidden : array<Rows, ${hiddenSize * groups.length}>;
    ${lstm ? `var<workgroup> dCell : array<Rows, ${hiddenSize * groups.length}>;` : ""}
    ${loaders.join("")}
    ${rowStore(rows)}

    fn main(index : i32) {
      let lane = i32(localId.x);
      for (var j = lane; j < H; j += ${threads}) {
        ${
    groups.map((group) => `
        ${placeRows(rows, group)}
        dHidden[${group} * H + j] = Rows(0);
        ${lstm ? `dCell[${group} * H + j] = ${LAST_CELL_GRADIENT};` : ""}`).join("")
  }
      }
      for (var t = uniforms.timeSteps - 1; t >= 0; t--) {
        let row = t * uniforms.batchSize;
        let gate = uniforms.gates + row * W;
        for (var j = lane; j < H; j += ${threads}) {
          ${
    groups.map((group) =>
      `{
          ${placeRows(rows, group)}
          let dh = dHidden[${group} * H + j] + loadGiven(row * H + j, H);
          ${gateGradients(kind, group)}
          }`
    ).join("\n          ")
  }
        }
        workgroupBarrier();
        for (var j = lane; j < H; j += ${threads}) {
          ${
    groups.map((group) =>
      `var sum_${group} = ${kind === "gru" ? `dHidden[${group} * H + j]` : "Rows(0)"};`
    ).join("\n          ")
  }
          ${
    unrolledLoop(hiddenSize, { steps: Math.ceil(SUMS_PER_TURN / gates.length), body: sums })
  }
          ${groups.map((group) => `dHidden[${group} * H + j] = sum_${group};`).join("\n          ")}
        }
        workgroupBarrier();
      }
      for (var j = lane; j < H; j += ${threads}) {
        ${
    groups.map((group) => `
        ${placeRows(rows, group)}
        store(uniforms.initialHiddenAt + j, H, dHidden[${group} * H + j]);
        ${lstm ? `store(uniforms.initialCellAt + j, H, dCell[${group} * H + j]);` : ""}`).join("")
  }
      }
    }`;
}

const LAST_CELL_GRADIENT = "loadGiven(uniforms.timeSteps * uniforms.batchSize * H + j, H)";

/** Gradients of the gates' sums from `dh`; also what of it goes straight to the state before. */
function gateGradients(kind: CellKind, group: number): string {
  const load = (gate: number) => `loadTrace(gate + ${gate} * H + j, W)`;
  const keep = (gate: number, value: string) => `
          dGates[${group} * W + ${gate} * H + j] = ${value};
          store(row * W + ${gate} * H + j, W, ${value});`;
  if (kind === "lstm") {
    return `
          let i = ${load(0)};
          let f = ${load(1)};
          let g = ${load(2)};
          let o = ${load(3)};
          let squashed = clampedTanh(loadTrace(uniforms.cells + row * H + j, H));
          var cellBefore : Rows;
          if (t == 0) { cellBefore = loadInitialCell(j, H); }
          else { cellBefore = loadTrace(uniforms.cells + (row - uniforms.batchSize) * H + j, H); }
          let dc = dCell[${group} * H + j] + dh * o * (Rows(1) - squashed * squashed);
          dCell[${group} * H + j] = dc * f;
          let di = dc * g * i * (Rows(1) - i);
          let df = dc * cellBefore * f * (Rows(1) - f);
          let dg = dc * i * (Rows(1) - g * g);
          let dOut = dh * squashed * o * (Rows(1) - o);
          ${keep(0, "di")} ${keep(1, "df")} ${keep(2, "dg")} ${keep(3, "dOut")}`;
  }
  if (kind === "gru") {
    const keepRecurrent = (gate: number, value: string) =>
      `store(uniforms.recurrentProducts + row * W + ${gate} * H + j, W, ${value});`;
    return `
          let r = ${load(0)};
          let z = ${load(1)};
          let n = ${load(2)};
          let q = loadTrace(uniforms.candidate + row * H + j, H);
          let hiddenBefore = loadTrace(row * H + j, H);
          let dn = dh * (Rows(1) - z) * (Rows(1) - n * n);
          let dr = dn * q * r * (Rows(1) - r);
          let dz = dh * (hiddenBefore - n) * z * (Rows(1) - z);
          let dq = dn * r;
          dHidden[${group} * H + j] = dh * z;
          ${keep(0, "dr")} ${keep(1, "dz")} ${keep(2, "dn")}
          dGates[${group} * W + 2 * H + j] = dq;
          ${keepRecurrent(0, "dr")} ${keepRecurrent(1, "dz")} ${keepRecurrent(2, "dq")}`;
  }
  const slope = kind === "rnn-tanh"
    ? "(Rows(1) - y * y)"
    : kind === "rnn-relu"
    ? "select(Rows(0), Rows(1), y > Rows(0))"
    : "y * (Rows(1) - y)";
  return `
          let y = ${load(0)};
          let dy = dh * ${slope};
          ${keep(0, "dy")}`;
}
