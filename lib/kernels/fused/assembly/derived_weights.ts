// What the kernels read beside the parameters themselves: transposes for the way back, and sums of
// biases. Made again whenever the parameters have changed.
import { Cell, Layer, Plan } from "../plan_layout";
import { transposePanel } from "./packing";
import { address, ofLayer, size } from "./plan";

/** Jobs: for each layer its panels of U^T, then of W^T; then those of the output layer. */
export function derivedJobs(): i32 {
  const perLayer = panelsOfLayer(1);
  return panelsOfLayer(0) + (size(Plan.LayerCount) - 1) * perLayer + hiddenPanels();
}

function hiddenPanels(): i32 {
  return size(Plan.HiddenPadded) >> 3;
}

function panelsOfLayer(layer: i32): i32 {
  if (layer > 0) return 2 * hiddenPanels();
  return hiddenPanels() + (size(Plan.InputGradients) ? size(Plan.InputPadded) >> 3 : 0);
}

export function derivedJob(job: i32): void {
  const layers = size(Plan.LayerCount);
  let layer = 0;
  while (layer < layers && job >= panelsOfLayer(layer)) job -= panelsOfLayer(layer++);
  const hidden = size(Plan.Hidden), gatePanels = size(Plan.GateWidth) >> 3;
  if (layer == layers) {
    if (job == 0) startOutputs();
    const outputPanels = size(Plan.OutputPadded) >> 3;
    const target = address(Plan.OutputWeightsTransposed) + <usize>(job * outputPanels) * 256;
    transposePanel(target, address(Plan.OutputWeights), job, outputPanels, hidden);
    return;
  }
  if (job == 0) sumBiases(layer);
  if (job < hiddenPanels()) {
    const target = ofLayer(layer, Layer.RecurrentTransposed) + <usize>(job * gatePanels) * 256;
    transposePanel(target, ofLayer(layer, Layer.RecurrentWeights), job, gatePanels, hidden);
    return;
  }
  job -= hiddenPanels();
  const depth = layer == 0 ? size(Plan.InputSize) : hidden;
  const target = ofLayer(layer, Layer.InputTransposed) + <usize>(job * gatePanels) * 256;
  transposePanel(target, ofLayer(layer, Layer.InputWeights), job, gatePanels, depth);
}

/** The output bias; in columns of padding so low a value that their softmax is zero. */
function startOutputs(): void {
  const width = size(Plan.OutputPadded), start = address(Plan.OutputStart);
  memory.copy(start, address(Plan.OutputBias), <usize>width << 2);
  if (size(Plan.SquaredError)) return;
  for (let i = size(Plan.OutputSize); i < width; i++) store<f32>(start + (<usize>i << 2), -1e30);
}

/** The biases a row starts with: both of a gate, and for the GRU's recurrent product its own. */
function sumBiases(layer: i32): void {
  const gates = size(Plan.GateWidth), width = size(Plan.HiddenPadded);
  const gru = size(Plan.Cell) == Cell.Gru, both = size(Plan.BiasesPerGate) == 2;
  const shift = gru ? width : 0;
  const target = ofLayer(layer, Layer.EffectiveBias);
  const bias = ofLayer(layer, Layer.Bias), recurrent = ofLayer(layer, Layer.RecurrentBias);
  for (let column = 0; column < gates + shift; column++) {
    let sum: f32 = 0;
    if (column < gates) sum += load<f32>(bias + (<usize>column << 2));
    if (both && column >= shift) sum += load<f32>(recurrent + (<usize>(column - shift) << 2));
    store<f32>(target + (<usize>column << 2), sum);
  }
}
