/**
 * The playground's worker: trains with the fused kernels, and holds no tensor library.
 *
 * @module
 */
import { answerRequests } from "tools/playground/answer_requests.ts";

answerRequests();
