import { assertEquals } from "@std/assert";
import { findSyntaxError } from "tools/jupyter/notebook/find_syntax_error.ts";

Deno.test("findSyntaxError() says where and why a source does not parse", async () => {
  assertEquals(await findSyntaxError("const a = 1;\n\nconst b = (2;\n"), {
    message: "Expected ',', got ';'",
    line: 3,
    column: 13,
  });
});

Deno.test("findSyntaxError() has nothing to say of a source that parses, odd as it looks", async () => {
  assertEquals(await findSyntaxError("const  a:number=1\nawait a; a"), undefined);
});
