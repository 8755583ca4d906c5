import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine, wholeNumber } from "tools/command/command_line.ts";
import { serveFolder } from "tools/serve/serve_folder.ts";

const usage = `deno task serve [FOLDER] [--port PORT]

Shows the pages of out/ (or of FOLDER) on localhost, port 8000 unless told; Ctrl-C ends it. The
pages also open without it: only the playground gains, by several threads.`;

function main(): number | undefined {
  const { folder, port } = commandLine({
    task: "serve",
    usage,
    options: { port: { type: "string", default: "8000" } },
    positionals: true,
    read: ({ values, positionals }) => ({
      folder: positionals[0] ?? fileURLToPath(new URL("../out", import.meta.url)),
      port: wholeNumber(values.port as string, { name: "--port", least: 0, most: 65_535 }),
    }),
  });
  if (!existsSync(join(folder, "index.html"))) {
    console.error(`There is no index.html in ${folder}: run "deno task lecture" first.`);
    return 1;
  }
  Deno.serve({
    hostname: "localhost",
    port,
    onListen: ({ port }) => console.log(`http://localhost:${port}/ shows ${folder}`),
  }, serveFolder(folder));
}

if (import.meta.main) {
  const code = main();
  if (code !== undefined) Deno.exit(code);
}
