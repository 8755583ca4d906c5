import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A Jupyter kernelspec, as `kernel.json` holds it. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly env: Readonly<Record<string, string>>;
}

/** The program that stands in the kernel's place; it must stay where it is. */
const kernelProgram = fileURLToPath(new URL("kernel.ts", import.meta.url));

/**
 * Our kernelspec for Deno. With the one of `deno jupyter --install` Jupyter's Stop button ends the kernel, since
 * it interrupts by a signal. Here it sends a message, and `kernel.ts` ends a training by it and keeps the model.
 *
 * @param denoPath the Deno that is to run the cells
 * @param options.runtimeFolder a folder that the kernel may write to (`XDG_RUNTIME_DIR`, unset on many machines)
 */
export function denoKernelspec(denoPath: string, options: { runtimeFolder: string }): Kernelspec {
  return {
    argv: [denoPath, "run", "--allow-all", kernelProgram, "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
    // Without NO_COLOR an error's escape codes stand in the notebook.
    env: { NO_COLOR: "1", XDG_RUNTIME_DIR: options.runtimeFolder },
  };
}

/**
 * Writes the kernelspec that our notebooks name, `deno`, into a Jupyter data folder, and returns its path.
 * One that is there already is replaced, in one step.
 *
 * @throws {Deno.errors.PermissionDenied} where the folder is not the user's to write.
 */
export async function installKernelspec(
  dataFolder: string,
  options: { denoPath: string },
): Promise<string> {
  const runtimeFolder = join(dataFolder, "runtime");
  const folder = join(dataFolder, "kernels", "deno");
  await Deno.mkdir(runtimeFolder, { recursive: true, mode: 0o700 });
  await Deno.mkdir(folder, { recursive: true });
  const path = join(folder, "kernel.json");
  const beside = `${path}.${Deno.pid}`;
  const kernelspec = denoKernelspec(options.denoPath, { runtimeFolder });
  await Deno.writeTextFile(beside, JSON.stringify(kernelspec, null, 2) + "\n");
  await Deno.rename(beside, path);
  return path;
}
