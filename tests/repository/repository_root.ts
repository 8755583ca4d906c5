import { fileURLToPath } from "node:url";

/** The folder that holds `deno.json`, wherever the tests were started. */
export const repositoryRoot: string = fileURLToPath(new URL("../../", import.meta.url));
