import { assertEquals } from "@std/assert";
import { choosePlaygroundBackend } from "tools/playground/choose_backend.ts";

const gpu = { find: () => Promise.resolve({ name: "nvidia hopper", software: false }) };
const software = { find: () => Promise.resolve({ name: "swiftshader", software: true }) };
const none = { find: () => Promise.resolve(undefined) };
const broken = { find: () => Promise.reject(new Error("blocked")) };

Deno.test("choosePlaygroundBackend() takes a GPU by itself, and never a software adapter", async () => {
  assertEquals(await choosePlaygroundBackend("auto", gpu), {
    backend: "webgpu",
    note: "WebGPU on nvidia hopper.",
  });
  assertEquals(await choosePlaygroundBackend("auto", software), {
    backend: "wasm",
    note: "WebAssembly: the only WebGPU adapter is software (swiftshader).",
  });
});

Deno.test("choosePlaygroundBackend() takes a software adapter that is asked for, and says that it is one", async () => {
  const { backend, note } = await choosePlaygroundBackend("webgpu", software);
  assertEquals(backend, "webgpu");
  assertEquals(note, "WebGPU on swiftshader, as asked, a software adapter: right, and slow.");
});

Deno.test("choosePlaygroundBackend() says so where WebGPU was asked for and cannot be had", async () => {
  for (const options of [none, broken]) {
    assertEquals(await choosePlaygroundBackend("webgpu", options), {
      backend: "wasm",
      note: "WebAssembly: this browser offers no WebGPU adapter.",
    });
  }
  assertEquals((await choosePlaygroundBackend("wasm", gpu)).backend, "wasm");
});
