/**
 * The playground's page: reads the form, hands the work to a worker, draws what it reports.
 *
 * @module
 */
import { gradientByDistance } from "lib/figures/lecture/gradient_by_distance.ts";
import { lossCurve } from "lib/figures/lecture/loss_curve.ts";
import { numberText } from "lib/figures/parts/number_text.ts";
import { choosePlaygroundBackend } from "tools/playground/choose_backend.ts";
import { unpackScript } from "tools/playground/packed_script.ts";

const cellNames = {
  "rnn-tanh": "RNN",
  gru: "GRU",
  lstm: "LSTM",
};
/** Curves of earlier runs that stay for comparison. */
const mostCurves = 4;

const element = (id) => document.getElementById(id);
const form = element("settings");
const text = element("text");
const train = element("train");
const stop = element("stop");
const write = element("write");
const status = element("status");
const numbers = element("numbers");

/** The worker, and the backend that it is for. */
let worker;
let workerBackend;
let isTraining = false;
/** From a new start until its answer, what comes is still about the network before. */
let isStarting = false;
/** Why this backend. */
let choiceNote = "";
let label = "";
let floors = [];
let records = [];
let curves = [];

form.addEventListener("submit", (event) => {
  event.preventDefault();
  startAnew();
});
stop.addEventListener("click", () => ask({ kind: isTraining ? "stop" : "continue" }));
write.addEventListener("click", () =>
  ask({
    kind: "write",
    prompt: element("prompt").value,
    length: 400,
    temperature: Number(element("temperature").value),
  }));
element("temperature").addEventListener("input", (event) => {
  element("temperature-value").textContent = event.target.value;
});
element("file").addEventListener("change", async (event) => {
  const file = event.target.files?.[0];
  if (!file) return;
  text.value = await file.text();
  countCharacters();
});
text.addEventListener("input", countCharacters);
countCharacters();

async function startAnew() {
  const data = new FormData(form);
  const cell = data.get("cell");
  const hiddenSize = Number(data.get("hiddenSize")) || undefined;
  isTraining = true;
  isStarting = true;
  delete document.body.dataset.loss;
  label = cellNames[cell] ?? cell;
  status.textContent = "Compiling the kernels …";
  status.classList.remove("failure");
  showButtons();
  const { backend, note } = await choosePlaygroundBackend(data.get("backend"));
  choiceNote = note;
  element("engine").textContent = note;
  await haveWorker(backend);
  ask({
    kind: "start",
    settings: {
      text: text.value,
      cell,
      hiddenSize,
      learningRate: Number(data.get("learningRate")),
      seed: Number(data.get("seed")) || 1,
    },
  });
}

/** The worker's code is in this page: a page opened from a folder may not load any other file. */
async function haveWorker(backend) {
  if (worker && workerBackend === backend) return;
  worker?.terminate();
  const packed = element(`worker-${backend}`).textContent ?? "";
  const source = backend === "webgpu" ? await unpackScript(packed) : packed;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  worker = new Worker(url);
  workerBackend = backend;
  worker.onmessage = ({ data }) => receive(data);
  worker.onerror = (event) => receive({ kind: "failed", message: event.message });
}

function ask(request) {
  if (request.kind === "continue") isTraining = true;
  worker?.postMessage(request);
  showButtons();
}

function receive(reply) {
  if (reply.kind === "started") showStart(reply.start);
  if (reply.kind === "progress" && !isStarting) showProgress(reply.progress);
  if (reply.kind === "written") element("sample").textContent = reply.text;
  if (reply.kind === "stopped") {
    isTraining = false;
    status.textContent =
      "Stopped: the network is as it was at its last update. Continue, or let it write.";
  }
  if (reply.kind === "failed") {
    isTraining = false;
    isStarting = false;
    status.textContent = reply.message;
    status.classList.add("failure");
  }
  showButtons();
}

function showStart(start) {
  const { hiddenSize, parameterCount, notes, engine } = start;
  isStarting = false;
  records = [];
  label = `${label} ${hiddenSize}`;
  floors = start.floors.map(({ name, lossNats }) => ({ label: name, lossNats }));
  status.textContent = `Training ${label}, ${parameterCount.toLocaleString("en")} parameters.`;
  showEngine(engine);
  element("notes").replaceChildren(...notes.map((note) => {
    const item = document.createElement("li");
    item.textContent = note;
    return item;
  }));
}

function withUpdates({ label, updates, points }) {
  return { label: `${label}, ${updates.toLocaleString("en")} updates`, points };
}

function showProgress(
  { records: fresh, gradient, sample, epoch, charactersPerSecond, engine },
) {
  if (engine) showEngine(engine);
  records.push(...fresh);
  const last = fresh.at(-1);
  numbers.textContent = [
    `update ${last.trainingStep.toLocaleString("en")}`,
    `pass ${epoch.toFixed(1)}`,
    `training loss ${numberText(last.lossNats, { digits: 3 })} nats`,
    `validation loss ${numberText(last.validationLossNats ?? NaN, { digits: 3 })} nats`,
    `${Math.round(charactersPerSecond).toLocaleString("en")} characters per second`,
  ].join(" · ");
  document.body.dataset.loss = String(last.validationLossNats);
  element("sample").textContent = sample;
  const others = curves.filter((curve) => curve.label !== label).slice(-(mostCurves - 1));
  curves = [...others, { label, updates: last.trainingStep, points: gradient }];
  draw("loss-figure", () =>
    lossCurve(records, {
      title: `${label}: loss while training`,
      floors,
    }));
  draw(
    "gradient-figure",
    // A curve of 100 updates beside one of 1,000 says nothing of the cells.
    () =>
      gradientByDistance(curves.map(withUpdates), {
        title: "What is left of a loss's gradient, by distance",
      }),
  );
}

/** What computes, behind why it was chosen. */
function showEngine(engine) {
  element("engine").textContent = `${choiceNote} Trained by: ${engine.replace(/\.$/, "")}.`;
}

/** A figure that cannot be drawn yet (no finite number) leaves the last one in its place. */
function draw(id, figure) {
  try {
    element(id).replaceChildren(figure());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function showButtons() {
  const hasNetwork = records.length > 0;
  stop.disabled = !isTraining && !hasNetwork;
  stop.textContent = isTraining || !hasNetwork ? "Stop" : "Continue";
  write.disabled = !hasNetwork;
  train.textContent = hasNetwork || isTraining ? "Start anew" : "Train";
}

function countCharacters() {
  const characters = [...text.value].length;
  element("characters").textContent = `${characters.toLocaleString("en")} characters`;
}
