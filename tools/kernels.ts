/**
 * Compiles the fused kernels and writes `lib/kernels/fused/kernel_binary.ts`.
 *
 *     deno task kernels
 */
import { commandLine } from "tools/command/command_line.ts";

const SOURCES = new URL("../lib/kernels/fused/", import.meta.url);

/** The two builds of the kernels: what they are called, and whether they may round once. */
export interface KernelBinaries {
  readonly fused: Uint8Array;
  readonly plain: Uint8Array;
}

/** Compiles both builds from the sources in `lib/kernels/fused/assembly/`. */
export async function compileKernels(): Promise<KernelBinaries> {
  return { fused: await compile(true), plain: await compile(false) };
}

async function compile(relaxed: boolean): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const messages: string[] = [];
  const features = ["simd", "threads", ...(relaxed ? ["relaxed-simd"] : [])];
  // The compiler is loaded where something is compiled: --help answers on a machine that lacks it.
  const { default: asc } = await import("assemblyscript/asc");
  const { error } = await asc.main(
    [
      "assembly/program.ts",
      ...["--outFile", "kernels.wasm", "--runtime", "stub", "--enable", features.join(",")],
      ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65535"],
      ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert", "--use", "abort="],
    ],
    {
      stdout: { write: (text: string | Uint8Array) => void messages.push(String(text)) },
      stderr: { write: (text: string | Uint8Array) => void messages.push(String(text)) },
      readFile(name: string) {
        try {
          return Deno.readTextFileSync(new URL(name, SOURCES));
        } catch (error) {
          if (error instanceof Deno.errors.NotFound) return null;
          throw error;
        }
      },
      writeFile(_name: string, contents: string | Uint8Array) {
        if (contents instanceof Uint8Array) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined) {
    throw new Error(`Cannot compile the kernels: ${messages.join("")}${error ?? ""}`);
  }
  return binary;
}

/** The module that holds the binaries. */
export function binaryModule({ fused, plain }: KernelBinaries): string {
  return `// Made by \`deno task kernels\` from the sources in assembly/; a test compares the two.
// deno-fmt-ignore-file

/** The build with relaxed SIMD, base64. */
export const fusedKernels = "${fused.toBase64()}";

/** The build without, base64. */
export const plainKernels = "${plain.toBase64()}";
`;
}

const usage = `deno task kernels

Compiles the fused kernels from lib/kernels/fused/assembly/ and writes kernel_binary.ts beside them.`;

if (import.meta.main) {
  commandLine({ task: "kernels", usage, options: {}, read: () => {} });
  const binaries = await compileKernels();
  await Deno.writeTextFile(new URL("kernel_binary.ts", SOURCES), binaryModule(binaries));
  console.log(`fused ${binaries.fused.length} bytes, plain ${binaries.plain.length} bytes`);
}
