/**
 * The playground's worker for WebGPU: five times the size of the other, so a page starts it only on demand.
 *
 * @module
 */
import { answerRequests } from "tools/playground/answer_requests.ts";
import { startGpuTrainer } from "tools/playground/gpu_trainer.ts";

answerRequests({ startTrainer: startGpuTrainer });
