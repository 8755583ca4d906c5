import { assertEquals, assertThrows } from "@std/assert";
import { jupyterDataFolder } from "tools/lab/jupyter_data_folder.ts";

Deno.test("jupyterDataFolder() follows JUPYTER_DATA_DIR on every platform", () => {
  for (const os of ["linux", "darwin", "windows"] as const) {
    const env = { JUPYTER_DATA_DIR: "/data", HOME: "/home/a", APPDATA: "C:\\a" };
    assertEquals(jupyterDataFolder({ os, env }), "/data");
  }
});

Deno.test("jupyterDataFolder() knows each platform's own place", () => {
  const place = (os: typeof Deno.build.os, env: Record<string, string>) =>
    jupyterDataFolder({ os, env });
  assertEquals(place("linux", { HOME: "/home/a" }), "/home/a/.local/share/jupyter");
  assertEquals(place("linux", { HOME: "/home/a", XDG_DATA_HOME: "/x" }), "/x/jupyter");
  assertEquals(place("darwin", { HOME: "/Users/a" }), "/Users/a/Library/Jupyter");
  assertEquals(place("windows", { APPDATA: "C:\\a\\Roaming" }), "C:\\a\\Roaming\\jupyter");
  assertEquals(place("windows", { USERPROFILE: "C:\\a" }), "C:\\a\\.jupyter\\data");
});

Deno.test("jupyterDataFolder() says what to set where nothing names a home", () => {
  assertThrows(() => jupyterDataFolder({ os: "linux", env: {} }), Error, "set JUPYTER_DATA_DIR");
});
