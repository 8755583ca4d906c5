import { assert, assertEquals, assertMatch } from "@std/assert";
import { renderPlaygroundPage } from "tools/playground/playground_page.ts";
import { unpackScript } from "tools/playground/packed_script.ts";
import { parsePage } from "../page/sample_page.ts";
import { repositoryRoot as root } from "../../repository/repository_root.ts";

const html = await renderPlaygroundPage({ root });
const page = parsePage(html);

Deno.test("renderPlaygroundPage() needs nothing but itself", () => {
  const addresses = [...page.querySelectorAll("[src], link[href], a[href]")]
    .map((one) => one.getAttribute("src") ?? one.getAttribute("href"));
  assertEquals(addresses.filter((address) => /^https?:|^\/\//.test(address!)), []);
  const policy = page.querySelector("meta[http-equiv]")!.getAttribute("content")!;
  assertMatch(policy, /^default-src 'none';/);
  assertMatch(policy, /'wasm-unsafe-eval'/);
  assertEquals(policy.includes("connect-src"), false);
});

Deno.test("renderPlaygroundPage() holds its worker, whole: nothing in it ends the script", () => {
  const ends = html.split("</script>").length - 1;
  assertEquals(ends, [...page.querySelectorAll("script")].length);
  const worker = page.querySelector("#worker-wasm")!.textContent;
  assert(worker.includes("onmessage"), "the worker listens");
  assertEquals(worker.includes("@tensorflow"), false);
  assert(worker.length < 250_000, `${worker.length} characters`);
  assert(html.length < 2_000_000, `the whole page: ${html.length} characters`);
});

Deno.test("renderPlaygroundPage() packs the tensor library of the WebGPU worker", async () => {
  const worker = await unpackScript(page.querySelector("#worker-webgpu")!.textContent.trim());
  assert(worker.includes("requestAdapter") && worker.includes("onmessage"));
});

Deno.test("renderPlaygroundPage() names every control and starts with a text long enough", () => {
  for (const control of page.querySelectorAll("form select, form textarea, input")) {
    const id = control.getAttribute("id");
    assert(page.querySelector(`label[for="${id}"]`), `no label for ${id}`);
  }
  const text = page.querySelector("textarea")!.textContent.trim();
  assert(text.length > 30_000, `${text.length} characters`);
});
