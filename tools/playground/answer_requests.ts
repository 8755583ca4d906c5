import type { PlaygroundReply, PlaygroundRequest } from "tools/playground/playground_message.ts";
import type { StartTrainer } from "tools/playground/trainer.ts";
import { startTrainingSession, type TrainingSession } from "tools/playground/training_session.ts";

/** What a worker's global scope is to this module. */
interface WorkerPort {
  onmessage: ((event: { data: PlaygroundRequest }) => void) | null;
  postMessage(reply: PlaygroundReply): void;
}

const turnMilliseconds = 400;

/**
 * Makes this worker answer the playground's page. It trains in turns, so that a request is answered
 * within half a second.
 *
 * @param options.startTrainer what trains; the session's own kernels unless told
 */
export function answerRequests({ startTrainer }: { startTrainer?: StartTrainer } = {}): void {
  const port = globalThis as unknown as WorkerPort;
  let session: TrainingSession | undefined;
  /** Counts the runs: a loop whose number is no longer this one ends. */
  let run = 0;
  let queue = Promise.resolve();

  port.onmessage = ({ data }) => {
    if (data.kind === "start" || data.kind === "stop") run++;
    queue = queue.then(() => answer(data)).catch(fail);
  };

  async function answer(request: PlaygroundRequest): Promise<void> {
    if (request.kind === "start") {
      session?.dispose();
      session = undefined;
      session = await startTrainingSession(request.settings, { startTrainer });
      port.postMessage({ kind: "started", start: session.start });
      keepTraining(run);
    } else if (request.kind === "stop") {
      port.postMessage({ kind: "stopped" });
    } else if (session === undefined) {
      throw new Error("Cannot go on: no network was trained yet. Press Train first.");
    } else if (request.kind === "continue") {
      keepTraining(++run);
    } else {
      port.postMessage({ kind: "written", text: await session.write(request.prompt, request) });
    }
  }

  /** A turn of training, then whatever was asked meanwhile, then the next turn. */
  function keepTraining(own: number): void {
    queue = queue.then(async () => {
      if (own !== run || session === undefined) return;
      const until = performance.now() + turnMilliseconds;
      const progress = await session.advance(() => performance.now() >= until);
      port.postMessage({ kind: "progress", progress });
      // Messages are handed out between tasks, not between promises.
      setTimeout(() => keepTraining(own), 0);
    }).catch(fail);
  }

  function fail(error: unknown): void {
    run++;
    port.postMessage({
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
    });
  }
}
