// What each thread does for one call, and the loop of the threads that wait for calls.
import { Job, Plan, Signal } from "../plan_layout";
import { backwardLayers } from "./backward";
import { derivedJob, derivedJobs } from "./derived_weights";
import { forwardLayers } from "./forward";
import { lossRows, outputBackward, outputRows } from "./output";
import { address, size } from "./plan";
import * as slice from "./slice";
import { announce, awaitChange, meet, signal, takeWork } from "./threads";
import { blockCount, globalNorm, normBlock, updateBlock } from "./update";
import { allGradients, gradientJob, jobsOfLayer } from "./weight_gradients";
import { writeTokens } from "./write";

export { bidiagonalise, multiplyDoubles } from "./doubles";
export { chainMultiplyAdds } from "./peak";
export { prepare, roundsOnce } from "./vector_math";

/** Phases that hand out work piece by piece. */
enum Phase {
  Derive,
  Slices,
  Gradients,
  Norm,
  Update,
}

/** The caller's thread: starts the others and takes part. */
export function run(): void {
  for (let phase = 0; phase < 5; phase++) atomic.store<i32>(signal(Signal.Work + phase), 0);
  if (size(Plan.Threads) > 1) announce(signal(Signal.Command));
  execute(0);
}

/** Thread `index` > 0: takes part in every call until told to stop. */
export function serve(index: i32): void {
  let command = 0;
  announce(signal(Signal.Ready));
  while (true) {
    awaitChange(signal(Signal.Command), command, true);
    command++;
    if (atomic.load<i32>(signal(Signal.Stop))) break;
    if (index < size(Plan.Threads)) execute(index);
  }
  announce(signal(Signal.Ready));
}

/** Ends the threads that serve. */
export function stop(): void {
  atomic.store<i32>(signal(Signal.Stop), 1);
  announce(signal(Signal.Command));
}

function execute(thread: i32): void {
  const job = size(Plan.Job);
  slice.setThread(thread);
  slice.setDropping((job & Job.Dropout) != 0);
  if (job & Job.Pack) {
    const jobs = derivedJobs();
    for (let i = takeWork(Phase.Derive); i < jobs; i = takeWork(Phase.Derive)) derivedJob(i);
    meet(thread);
  }
  if (job & Job.Write) return writeTokens();
  if (size(Plan.Sliced)) slices(job);
  else share(thread, job);
  meet(thread);
  if (job & Job.Norm) {
    const blocks = blockCount();
    for (let i = takeWork(Phase.Norm); i < blocks; i = takeWork(Phase.Norm)) normBlock(i);
    meet(thread);
    if (thread == 0) store<f64>(address(Plan.GradientNorm), globalNorm());
    if (job & Job.Update) {
      for (let i = takeWork(Phase.Update); i < blocks; i = takeWork(Phase.Update)) updateBlock(i);
      meet(thread);
    }
  }
}

/** Forward and back for the rows that are set. */
function pass(job: i32): void {
  if (job & Job.Forward) forwardLayers();
  if (job & Job.Output) outputRows();
  if (job & Job.Loss) lossRows((job & Job.Backward) != 0);
  if (job & Job.Backward) {
    if (!size(Plan.ExternalGradients)) outputBackward();
    backwardLayers();
  }
}

/** Small networks: slices one after another, the gradients of each group of slices in one sum. */
function slices(job: i32): void {
  const groups = size(Plan.GroupCount), count = size(Plan.SliceCount);
  const perGroup = (count + groups - 1) / groups;
  for (let group = takeWork(Phase.Slices); group < groups; group = takeWork(Phase.Slices)) {
    const first = group * perGroup, last = min(count, first + perGroup);
    for (let index = first; index < last; index++) {
      slice.setSlice(index);
      pass(job);
      if (job & Job.Backward) {
        allGradients(<usize>group * address(Plan.GradientStride), index == first);
      }
    }
  }
}

/** Large networks: a share of the batch per thread, then the weights' gradients over all rows. */
function share(thread: i32, job: i32): void {
  slice.setShare(thread, size(Plan.Threads));
  pass(job);
  if (!(job & Job.Backward)) return;
  meet(thread);
  slice.setWhole();
  const layers = size(Plan.LayerCount);
  let total = 0;
  for (let layer = 0; layer <= layers; layer++) total += jobsOfLayer(layer);
  for (let i = takeWork(Phase.Gradients); i < total; i = takeWork(Phase.Gradients)) {
    let layer = 0, job = i;
    while (job >= jobsOfLayer(layer)) job -= jobsOfLayer(layer++);
    if (layer == layers && size(Plan.ExternalGradients)) continue;
    gradientJob(layer, job, 0, true);
  }
}
