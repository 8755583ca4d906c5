/** Runs a notebook that never ends, and prints the kernel's process id: for the test that kills this program. */
import { startKernel } from "tools/jupyter/start_kernel.ts";
import { KernelSession } from "tools/jupyter/kernel_session.ts";

const kernel = await startKernel({ cwd: "." });
const session = await KernelSession.open(kernel);
console.log(kernel.processId);
await session.runCell("await new Promise(() => {});");
