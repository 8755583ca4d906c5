/** Runs the code given in a kernel, and prints the kernel's process id: for the tests that kill this program. */
import { startKernel } from "tools/jupyter/kernel/start_kernel.ts";
import { KernelSession } from "tools/jupyter/kernel/kernel_session.ts";

const kernel = await startKernel({ cwd: "." });
const session = await KernelSession.open(kernel);
const run = session.runCell(Deno.args[0]);
console.log(kernel.processId);
await run;
