import { assertEquals, assertStringIncludes } from "@std/assert";
import { hasWideRegisters, WIDE_REGISTER_FLAGS } from "lib/kernels/fused/wide_registers.ts";
import { trainingDigest } from "./training_digest.ts";

const config = decodeURIComponent(new URL(import.meta.resolve("../../../deno.json")).pathname);

/** What the digest's program prints in a process with such flags. */
async function digestUnder(flags: string, ...permissions: string[]) {
  const program = decodeURIComponent(new URL(import.meta.resolve("./training_digest.ts")).pathname);
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--config", config, ...permissions, program],
    env: { DENO_V8_FLAGS: flags },
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)) as { digest: string; description: string };
}

Deno.test("hasWideRegisters() is true under both of its flags and on x86-64 only", async () => {
  const expected = Deno.build.arch === "x86_64";
  const { description } = await digestUnder(WIDE_REGISTER_FLAGS, "--allow-env");
  assertEquals(description.includes("256-bit registers"), expected);
  const one = await digestUnder(WIDE_REGISTER_FLAGS.split(",")[1], "--allow-env");
  assertEquals(one.description.includes("256-bit registers"), false);
  // Not allowed to look, it neither asks nor fails.
  const blind = await digestUnder(WIDE_REGISTER_FLAGS);
  assertEquals(blind.description.includes("256-bit registers"), false);
});

Deno.test("hasWideRegisters() changes no byte of what training leaves", async () => {
  const wide = await digestUnder(WIDE_REGISTER_FLAGS, "--allow-env");
  assertEquals(wide.digest, (await trainingDigest()).digest);
  assertStringIncludes(wide.description, "Fused WebAssembly kernels");
});

Deno.test("hasWideRegisters() is false where there is no Deno", () => {
  const { Deno: deno } = globalThis;
  try {
    Reflect.deleteProperty(globalThis, "Deno");
    assertEquals(hasWideRegisters(), false);
  } finally {
    globalThis.Deno = deno;
  }
});
