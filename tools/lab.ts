import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findJupyter, noJupyter } from "tools/lab/find_jupyter.ts";
import { jupyterDataFolder } from "tools/lab/jupyter_data_folder.ts";
import { installKernelspec } from "tools/lab/kernelspec.ts";

const usage = `deno task lab [--install-only] [OPTION OF JUPYTER ...]

Installs the Deno kernel that our notebooks name, and opens Jupyter Lab or Notebook on notebooks/.

  --install-only   only install the kernel, as VS Code needs it
  anything else    goes to Jupyter, such as --no-browser or --port=9999`;

async function main(): Promise<number> {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(usage);
    return 0;
  }
  const machine = { os: Deno.build.os, env: Deno.env.toObject() };
  const kernelspec = await installKernelspec(jupyterDataFolder(machine), {
    denoPath: Deno.execPath(),
  });
  console.log(`Installed the Deno kernel: ${kernelspec}`);
  if (Deno.args.includes("--install-only")) return 0;
  const jupyter = findJupyter(machine);
  if (!jupyter) {
    console.error(noJupyter);
    return 1;
  }
  const notebooks = join(dirname(dirname(fileURLToPath(import.meta.url))), "notebooks");
  console.log(`Opening ${jupyter.name} on ${notebooks}; Ctrl-C ends it.`);
  return await runJupyter(jupyter.path, [notebooks, ...Deno.args]);
}

/** Runs Jupyter until it ends. Ctrl-C reaches it through the terminal, and it asks before it stops. */
async function runJupyter(path: string, commandArguments: string[]): Promise<number> {
  Deno.addSignalListener("SIGINT", () => {});
  const { code } = await new Deno.Command(path, { args: commandArguments }).spawn().status;
  return code;
}

if (import.meta.main) Deno.exit(await main());
